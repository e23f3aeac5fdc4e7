/** Models and graphs as ONNX files. */
module io.deltagraph.onnx {
  requires com.google.common;
  requires io.deltagraph.onnxproto;
  requires transitive io.deltagraph.serving;
  requires static transitive org.apiguardian.api;
  requires static transitive org.jspecify;

  exports io.deltagraph.onnx;
}
