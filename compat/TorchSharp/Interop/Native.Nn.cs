using System.Runtime.InteropServices;
using System.Runtime.InteropServices.Marshalling;
using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>native/nn.cpp.</summary>
internal static partial class Native
{
    [LibraryImport(Library)]
    internal static partial Tensor ts_linear(Tensor x, Tensor weight, [MarshalUsing(typeof(OptionalTensorMarshaller))] Tensor? bias);
    [LibraryImport(Library)] internal static partial Tensor ts_dropout(Tensor x, double p, Flag training);
    [LibraryImport(Library)] internal static partial Outcome ts_dropout_(Tensor x, double p, Flag training);
    [LibraryImport(Library)]
    internal static partial Tensor ts_layer_norm(Tensor x, ReadOnlySpan<long> shape, long n,
        [MarshalUsing(typeof(OptionalTensorMarshaller))] Tensor? weight, [MarshalUsing(typeof(OptionalTensorMarshaller))] Tensor? bias,
        double eps);
    [LibraryImport(Library)]
    internal static partial Tensor ts_batch_norm(Tensor x, [MarshalUsing(typeof(OptionalTensorMarshaller))] Tensor? weight,
        [MarshalUsing(typeof(OptionalTensorMarshaller))] Tensor? bias, [MarshalUsing(typeof(OptionalTensorMarshaller))] Tensor? mean,
        [MarshalUsing(typeof(OptionalTensorMarshaller))] Tensor? var, Flag training, double momentum, double eps);
    [LibraryImport(Library)]
    internal static partial Tensor ts_conv1d(Tensor x, Tensor weight, [MarshalUsing(typeof(OptionalTensorMarshaller))] Tensor? bias,
        long stride, long padding, long dilation, long groups);
    [LibraryImport(Library)]
    internal static partial Tensor ts_conv1d_same(Tensor x, Tensor weight, [MarshalUsing(typeof(OptionalTensorMarshaller))] Tensor? bias,
        long stride, Flag same, long dilation, long groups);
    [LibraryImport(Library)]
    internal static partial Tensor ts_conv_transpose1d(Tensor x, Tensor weight,
        [MarshalUsing(typeof(OptionalTensorMarshaller))] Tensor? bias, long stride, long padding, long outputPadding, long groups,
        long dilation);
    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial Tensor ts_pad(Tensor x, ReadOnlySpan<long> pad, long n, string mode, ReadOnlySpan<double> value);
    [LibraryImport(Library)]
    internal static partial Tensor ts_gru(Tensor x, Tensor h0, ReadOnlySpan<nint> weights, long n, Flag biases, long layers,
        double dropout, Flag training, Flag bidirectional, Flag batchFirst, out Tensor hn);
    [LibraryImport(Library)]
    internal static partial Tensor ts_lstm(Tensor x, Tensor h0, Tensor c0, ReadOnlySpan<nint> weights, long n, Flag biases, long layers,
        double dropout, Flag training, Flag bidirectional, Flag batchFirst, out Tensor hn, out Tensor cn);
}
