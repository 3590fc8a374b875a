namespace TorchSharp;

public static partial class torch
{
    /// <summary>One place of an index expression: a number, a slice, an ellipsis, a new axis, a boolean or a tensor.</summary>
    public struct TensorIndex
    {
        public static readonly TensorIndex Ellipsis = new() { _kind = IndexItem.Ellipsis };

        /// <summary>Inserts an axis of length 1.</summary>
        public static readonly TensorIndex None = new() { _kind = IndexItem.NewAxis };

        public static readonly TensorIndex Null = new() { _kind = IndexItem.NewAxis };

        /// <summary>All of a dimension.</summary>
        public static readonly TensorIndex Colon = Slice();

        private long _kind;
        private long? _start;
        private long? _stop;
        private long? _step;
        private Tensor? _tensor;

        public static TensorIndex Slice(long? start = null, long? stop = null, long? step = null) =>
            new() { _kind = IndexItem.Slice, _start = start, _stop = stop, _step = step };

        public static TensorIndex Slice((int? start, int? end) range) => Slice((long?)range.start, (long?)range.end);

        public static TensorIndex Slice(Range range) => Slice(
            range.Start.IsFromEnd ? -range.Start.Value : range.Start.Value,
            !range.End.IsFromEnd ? range.End.Value : range.End.Value == 0 ? null : -range.End.Value);

        public static TensorIndex Bool(bool value) => new() { _kind = IndexItem.Boolean, _start = value ? 1 : 0 };

        public static TensorIndex Single(long? index) => new() { _kind = IndexItem.Single, _start = index };

        public static TensorIndex Tensor(Tensor tensor) => new() { _kind = IndexItem.Tensor, _tensor = tensor };

        public static implicit operator TensorIndex(long value) => Single(value);

        public static implicit operator TensorIndex((int? start, int? end) range) => Slice(range);

        public static implicit operator TensorIndex(Range range) => Slice(range);

        public static implicit operator TensorIndex(Index index) => Single(index.IsFromEnd ? -index.Value : index.Value);

        /// <summary>Never used: it makes the overload on TensorIndex win over the one on Tensor.</summary>
        public static implicit operator Tensor(TensorIndex value) => throw new InvalidOperationException("An index is not a tensor.");

        internal readonly IndexItem Item() => new()
        {
            Kind = _kind,
            Start = _start.GetValueOrDefault(),
            Stop = _stop.GetValueOrDefault(),
            Step = _step.GetValueOrDefault(),
            HasStart = _start.HasValue,
            HasStop = _stop.HasValue,
            HasStep = _step.HasValue,
            Handle = _tensor?.Handle ?? 0,
        };
    }
}
