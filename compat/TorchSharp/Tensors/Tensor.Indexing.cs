using System.Runtime.CompilerServices;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        [IndexerName("TensorItems")]
        public Tensor this[params TensorIndex[] indices]
        {
            get => index(indices);
            set => index_put_(value, indices);
        }

        [IndexerName("TensorItems")]
        public Tensor this[params Tensor[] indices]
        {
            get => index(indices);
            set => index_put_(value, indices);
        }

        [IndexerName("TensorItems")]
        public Tensor this[long i1]
        {
            get => At([i1]);
            set => Put([i1], value);
        }

        [IndexerName("TensorItems")]
        public Tensor this[long i1, long i2]
        {
            get => At([i1, i2]);
            set => Put([i1, i2], value);
        }

        [IndexerName("TensorItems")]
        public Tensor this[long i1, long i2, long i3]
        {
            get => At([i1, i2, i3]);
            set => Put([i1, i2, i3], value);
        }

        [IndexerName("TensorItems")]
        public Tensor this[params long[] indices]
        {
            get => At(indices);
            set => Put(indices, value);
        }

        public Tensor index(params TensorIndex[] indices)
        {
            ArgumentNullException.ThrowIfNull(indices);
            var result = Native.ts_index(this, Items(indices), indices.Length);
            GC.KeepAlive(indices);
            return result;
        }

        public Tensor index(params Tensor[] indices) => index(Array.ConvertAll(indices, TensorIndex.Tensor));

        public Tensor index_put_(Tensor value, params TensorIndex[] indices)
        {
            ArgumentNullException.ThrowIfNull(indices);
            Native.ts_index_put_(this, Items(indices), indices.Length, value);
            GC.KeepAlive(indices);
            return this;
        }

        public Tensor index_put_(Tensor value, params Tensor[] indices) => index_put_(value, Array.ConvertAll(indices, TensorIndex.Tensor));

        public Tensor index_put_(Scalar value, params TensorIndex[] indices)
        {
            ArgumentNullException.ThrowIfNull(indices);
            Native.ts_index_put_scalar_(this, Items(indices), indices.Length, value);
            GC.KeepAlive(indices);
            return this;
        }

        public Tensor index_put_(Scalar value, params Tensor[] indices) => index_put_(value, Array.ConvertAll(indices, TensorIndex.Tensor));

        private static IndexItem[] Items(ReadOnlySpan<TensorIndex> indices)
        {
            var items = new IndexItem[indices.Length];
            for (var i = 0; i < items.Length; i++) items[i] = indices[i].Item();
            return items;
        }

        private Tensor At(ReadOnlySpan<long> indices)
        {
            Span<IndexItem> items = stackalloc IndexItem[indices.Length];
            for (var i = 0; i < items.Length; i++) items[i] = new IndexItem { Kind = IndexItem.Single, Start = indices[i] };
            return Native.ts_index(this, items, items.Length);
        }

        private void Put(ReadOnlySpan<long> indices, Tensor value)
        {
            Span<IndexItem> items = stackalloc IndexItem[indices.Length];
            for (var i = 0; i < items.Length; i++) items[i] = new IndexItem { Kind = IndexItem.Single, Start = indices[i] };
            Native.ts_index_put_(this, items, items.Length, value);
        }
    }
}
