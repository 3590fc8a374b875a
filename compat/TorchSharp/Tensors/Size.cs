namespace TorchSharp;

public static partial class torch
{
    /// <summary>The lengths of a tensor's dimensions.</summary>
    public readonly struct Size
    {
        private readonly long[]? _shape;

        public Size(long[] shape) => _shape = shape;

        public Size(int[] shape) => _shape = Array.ConvertAll(shape, size => (long)size);

        public Size(IEnumerable<long> shape) => _shape = shape.ToArray();

        public Size(long size) => _shape = [size];

        public Size(int size) => _shape = [size];

        public long[] Shape => _shape ?? [];

        public int Length => Shape.Length;

        public long this[int idx] => Shape[idx];

        public static implicit operator Size(long size) => new(size);

        public static implicit operator Size(long[] size) => new(size);

        public static implicit operator Size((long, long) size) => new([size.Item1, size.Item2]);

        public static implicit operator Size((long, long, long) size) => new([size.Item1, size.Item2, size.Item3]);
    }
}
