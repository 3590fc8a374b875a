namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor narrow(long dim, long start, long length) => Native.ts_narrow(this, dim, start, length);

        public Tensor slice(long dim, long start, long finish, long step)
        {
            if (step < 1) throw new ArgumentException($"step is {step}, but it should always be positive.");
            return Native.ts_slice(this, dim, start, finish, step);
        }

        public Tensor select(long dim, long index) => Native.ts_select(this, dim, index);

        public Tensor index_select(long dim, Tensor index) => Native.ts_index_select(this, dim, index);

        public Tensor gather(long dim, Tensor index) => Native.ts_gather(this, dim, index);

        public Tensor scatter(long dim, Tensor index, Tensor src) => Native.ts_scatter(this, dim, index, src);

        public Tensor scatter_(long dim, Tensor index, Tensor src)
        {
            Native.ts_scatter_(this, dim, index, src);
            return this;
        }

        public Tensor scatter_add(long dim, Tensor index, Tensor src) => Native.ts_scatter_add(this, dim, index, src);

        public Tensor scatter_add_(long dim, Tensor index, Tensor src)
        {
            Native.ts_scatter_add_(this, dim, index, src);
            return this;
        }

        public Tensor take(Tensor index) => Native.ts_take(this, index);

        public Tensor masked_select(Tensor mask) => Native.ts_masked_select(this, mask);

        public Tensor nonzero() => Native.ts_nonzero(this);

        public Tensor unfold(long dimension, long size, long step) => Native.ts_unfold(this, dimension, size, step);

        public Tensor tril(long diagonal = 0) => Native.ts_tril(this, diagonal);

        public Tensor triu(long diagonal = 0) => Native.ts_triu(this, diagonal);

        public Tensor diag(long diagonal = 0) => Native.ts_diag(this, diagonal);

        public Tensor diagonal(long offset = 0L, long dim1 = 0L, long dim2 = 1L) => Native.ts_diagonal(this, offset, dim1, dim2);

        public Tensor diag_embed(long offset = 0L, long dim1 = -2L, long dim2 = -1L) => Native.ts_diag_embed(this, offset, dim1, dim2);

        public Tensor repeat_interleave(long repeats, long? dim = null, long? output_size = null)
        {
            long buffer = 0;
            return Native.ts_repeat_interleave(this, repeats, Native.Optional(ref dim, ref buffer));
        }

        public Tensor roll(long shifts, long? dims = null) =>
            Native.ts_roll(this, [shifts], 1, dims is { } d ? [d] : [], dims is null ? 0 : 1);

        public Tensor roll(long[] shifts) => Native.ts_roll(this, shifts, shifts.Length, [], 0);

        public Tensor roll(long[] shifts, long[] dims) => Native.ts_roll(this, shifts, shifts.Length, dims, dims.Length);

        public Tensor[] chunk(long chunks, long dim = 0L) => Native.TakeList(Native.ts_chunk(this, chunks, dim));

        public Tensor[] split(long size, int dim = 0) => Native.TakeList(Native.ts_split(this, size, dim));

        public Tensor[] split(ReadOnlySpan<long> sizes, long dim = 0) =>
            Native.TakeList(Native.ts_split_sizes(this, sizes, sizes.Length, dim));

        public Tensor[] split(long[] sizes, long dim = 0) => split(sizes.AsSpan(), dim);

        public Tensor[] split(params long[] sizes) => split(sizes.AsSpan());

        public Tensor[] unbind(long dimension = 0L) => Native.TakeList(Native.ts_unbind(this, dimension));
    }
}
