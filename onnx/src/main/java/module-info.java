import io.deltagraph.onnx.verify.OnnxFormat;
import io.deltagraph.serving.ExchangeFormat;

/** Models and graphs as ONNX files. */
module io.deltagraph.onnx {
  requires com.google.common;
  requires io.deltagraph.activations;
  requires io.deltagraph.onnxproto;
  requires io.deltagraph.ops;
  requires transitive io.deltagraph.serving;
  requires static transitive org.apiguardian.api;
  requires static transitive org.jspecify;

  exports io.deltagraph.onnx;
  exports io.deltagraph.onnx.read;
  exports io.deltagraph.onnx.write;

  provides ExchangeFormat with
      OnnxFormat;
}
