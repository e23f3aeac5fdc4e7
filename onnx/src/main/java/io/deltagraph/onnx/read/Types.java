package io.deltagraph.onnx.read;

import io.deltagraph.onnxproto.TensorShapeProto.Dimension;
import io.deltagraph.onnxproto.TypeProto;
import io.deltagraph.type.DType;
import io.deltagraph.type.Dim;
import io.deltagraph.type.Shape;
import io.deltagraph.type.TensorType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The types that a file states, and the names of dimensions in them. */
final class Types {
  private static final int LONGEST = 28;

  private final Map<String, Dim> dims = new HashMap<>();
  private final Set<String> taken = new HashSet<>();

  /** The type of an input, which has to be whole. */
  TensorType of(String name, TypeProto type, FilePlace place) {
    DType dtype = dtype(type, place);
    if (!type.getTensorType().hasShape()) {
      throw place.refuse(
          "no shape", "the sizes or names of its dimensions", "export the model with shapes");
    }
    List<Dimension> stated = type.getTensorType().getShape().getDimList();
    if (stated.size() > Shape.MAX_RANK) {
      throw place.refuse(
          stated.size() + " dimensions",
          "at most " + Shape.MAX_RANK,
          "merge some before the export");
    }
    List<Dim> all = new ArrayList<>();
    for (int axis = 0; axis < stated.size(); axis++) {
      all.add(dim(stated.get(axis), name + "_" + axis, place));
    }
    Tensors.shape(all.stream().filter(Dim::isFixed).map(dim -> (long) dim.size()).toList(), place);
    return new TensorType(dtype, Shape.of(all));
  }

  private static DType dtype(TypeProto type, FilePlace place) {
    if (!type.hasTensorType()) {
      throw place.refuse(
          "no tensor, but a type " + type.getValueCase(),
          "a tensor",
          "export it with tensors alone");
    }
    return Tensors.dtype(type.getTensorType().getElemType(), place);
  }

  private Dim dim(Dimension stated, String otherwise, FilePlace place) {
    if (stated.hasDimValue()) {
      return Dim.of(Tensors.shape(List.of(stated.getDimValue()), place).dim(0).size());
    }
    String name = stated.getDimParam();
    return name.isEmpty() ? fresh(otherwise) : dims.computeIfAbsent(name, this::fresh);
  }

  /** A name that a dimension may have, as near to that as can be, and no other has. */
  private Dim fresh(String name) {
    String plain = name.replaceAll("[^A-Za-z0-9_]", "_");
    String start = plain.matches("[A-Za-z].*") ? plain : "d" + plain;
    String cut = start.substring(0, Math.min(start.length(), LONGEST));
    String free = cut;
    for (int number = 2; !taken.add(free); number++) {
      free = cut.substring(0, Math.min(cut.length(), LONGEST - 4)) + "_" + number;
    }
    return Dim.named(free);
  }

  /** Refuses what contradicts a type that the file states; what is left open there fits. */
  static void check(TypeProto stated, TensorType type, FilePlace place) {
    if (!stated.hasTensorType()) {
      return;
    }
    TypeProto.Tensor tensor = stated.getTensorType();
    boolean fits = tensor.getElemType() == 0 || dtype(stated, place) == type.dtype();
    if (fits && tensor.hasShape()) {
      List<Dimension> dims = tensor.getShape().getDimList();
      fits = dims.size() == type.rank();
      for (int axis = 0; fits && axis < dims.size(); axis++) {
        Dim dim = type.shape().dim(axis);
        boolean open = !dims.get(axis).hasDimValue() || !dim.isFixed();
        fits = open || dims.get(axis).getDimValue() == dim.size();
      }
    }
    if (!fits) {
      throw place.refuse(
          "another type stated than the one it has, " + type,
          "the same",
          "correct what the file says of it, or leave it out");
    }
  }
}
