// Views, selections and joins.
#include "shim.h"

API Handle ts_reshape(Handle t, const int64_t* sizes, int64_t n) { TENSOR(t->reshape(span(sizes, n))); }
API Handle ts_view(Handle t, const int64_t* sizes, int64_t n) { TENSOR(t->view(span(sizes, n))); }
API Handle ts_expand(Handle t, const int64_t* sizes, int64_t n) { TENSOR(t->expand(span(sizes, n))); }
API Handle ts_repeat(Handle t, const int64_t* sizes, int64_t n) { TENSOR(t->repeat(span(sizes, n))); }
API Handle ts_tile(Handle t, const int64_t* sizes, int64_t n) { TENSOR(t->tile(span(sizes, n))); }
API Handle ts_permute(Handle t, const int64_t* dims, int64_t n) { TENSOR(t->permute(span(dims, n))); }
API Handle ts_flip(Handle t, const int64_t* dims, int64_t n) { TENSOR(t->flip(span(dims, n))); }
API Handle ts_roll(Handle t, const int64_t* shifts, int64_t n, const int64_t* dims, int64_t m) {
    TENSOR(t->roll(span(shifts, n), span(dims, m)));
}
API Handle ts_flatten(Handle t, int64_t start, int64_t end) { TENSOR(t->flatten(start, end)); }
API Handle ts_unflatten(Handle t, int64_t dim, const int64_t* sizes, int64_t n) {
    // Written as a view: the signature of at::unflatten changed between versions.
    return make([&]() -> Tensor {
        const auto d = dim < 0 ? dim + t->dim() : dim;
        TORCH_CHECK_INDEX(d >= 0 && d < t->dim(), "Dimension out of range: ", dim);
        auto shape = t->sizes().vec();
        shape.erase(shape.begin() + d);
        shape.insert(shape.begin() + d, sizes, sizes + n);
        return t->view(shape);
    });
}
API Handle ts_t(Handle t) { TENSOR(t->t()); }
API Handle ts_transpose(Handle t, int64_t a, int64_t b) { TENSOR(t->transpose(a, b)); }
API Handle ts_unsqueeze(Handle t, int64_t dim) { TENSOR(t->unsqueeze(dim)); }
API int32_t ts_unsqueeze_(Handle t, int64_t dim) { DO(t->unsqueeze_(dim)); }
API Handle ts_squeeze(Handle t) { TENSOR(t->squeeze()); }
API Handle ts_squeeze_dim(Handle t, int64_t dim) { TENSOR(t->squeeze(dim)); }
API Handle ts_narrow(Handle t, int64_t dim, int64_t start, int64_t length) { TENSOR(t->narrow(dim, start, length)); }
API Handle ts_slice(Handle t, int64_t dim, int64_t start, int64_t end, int64_t step) {
    TENSOR(t->slice(dim, start, end, step));
}
API Handle ts_select(Handle t, int64_t dim, int64_t index) { TENSOR(t->select(dim, index)); }
API Handle ts_index_select(Handle t, int64_t dim, Handle index) { TENSOR(t->index_select(dim, *index)); }
API Handle ts_gather(Handle t, int64_t dim, Handle index) { TENSOR(t->gather(dim, *index)); }
API Handle ts_scatter(Handle t, int64_t dim, Handle index, Handle source) { TENSOR(t->scatter(dim, *index, *source)); }
API int32_t ts_scatter_(Handle t, int64_t dim, Handle index, Handle source) { DO(t->scatter_(dim, *index, *source)); }
API Handle ts_scatter_add(Handle t, int64_t dim, Handle index, Handle source) {
    TENSOR(t->scatter_add(dim, *index, *source));
}
API int32_t ts_scatter_add_(Handle t, int64_t dim, Handle index, Handle source) {
    DO(t->scatter_add_(dim, *index, *source));
}
API Handle ts_take(Handle t, Handle index) { TENSOR(t->take(*index)); }
API Handle ts_masked_select(Handle t, Handle mask) { TENSOR(t->masked_select(*mask)); }
API Handle ts_nonzero(Handle t) { TENSOR(t->nonzero()); }
API Handle ts_unfold(Handle t, int64_t dim, int64_t size, int64_t step) { TENSOR(t->unfold(dim, size, step)); }
API Handle ts_tril(Handle t, int64_t diagonal) { TENSOR(t->tril(diagonal)); }
API Handle ts_triu(Handle t, int64_t diagonal) { TENSOR(t->triu(diagonal)); }
API Handle ts_diag(Handle t, int64_t diagonal) { TENSOR(t->diag(diagonal)); }
API Handle ts_diagonal(Handle t, int64_t offset, int64_t a, int64_t b) { TENSOR(t->diagonal(offset, a, b)); }
API Handle ts_diag_embed(Handle t, int64_t offset, int64_t a, int64_t b) { TENSOR(at::diag_embed(*t, offset, a, b)); }
API Handle ts_repeat_interleave(Handle t, int64_t repeats, const int64_t* dim) {
    TENSOR(t->repeat_interleave(repeats, dim ? Optional<int64_t>(*dim) : Optional<int64_t>()));
}

API Handle ts_cat(const Handle* tensors, int64_t n, int64_t dim) { TENSOR(at::cat(list(tensors, n), dim)); }
API Handle ts_stack(const Handle* tensors, int64_t n, int64_t dim) { TENSOR(at::stack(list(tensors, n), dim)); }
API Handle ts_hstack(const Handle* tensors, int64_t n) { TENSOR(at::hstack(list(tensors, n))); }
API Handle ts_vstack(const Handle* tensors, int64_t n) { TENSOR(at::vstack(list(tensors, n))); }

using List = std::vector<Tensor>;
template <class F> static List* make_list(F&& f) {
    try {
        return new List(f());
    } catch (...) {
        remember_current_exception();
        return nullptr;
    }
}
API List* ts_chunk(Handle t, int64_t chunks, int64_t dim) {
    return make_list([&] { return t->chunk(chunks, dim); });
}
API List* ts_split(Handle t, int64_t size, int64_t dim) {
    return make_list([&] { return t->split(size, dim); });
}
API List* ts_split_sizes(Handle t, const int64_t* sizes, int64_t n, int64_t dim) {
    return make_list([&] { return t->split_with_sizes(span(sizes, n), dim); });
}
API List* ts_unbind(Handle t, int64_t dim) {
    return make_list([&] { return t->unbind(dim); });
}
