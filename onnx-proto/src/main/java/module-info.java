/** The messages of an ONNX file. */
module io.deltagraph.onnxproto {
  requires transitive com.google.protobuf;
  requires static transitive org.apiguardian.api;
  requires static transitive org.jspecify;

  exports io.deltagraph.onnxproto;
}
