// Sums, statistics, orders and linear algebra.
#include "shim.h"

static at::OptionalIntArrayRef dims(const int64_t* d, int64_t n) {
    return n == 0 ? at::OptionalIntArrayRef() : at::OptionalIntArrayRef(span(d, n));
}

// Two results: one returned, one through a pointer.
template <class F> static Handle make_pair(Handle* second, F&& f) {
    *second = nullptr;
    return make([&]() -> Tensor {
        auto result = f();
        *second = wrap(std::get<1>(result));
        return std::get<0>(result);
    });
}

API Handle ts_sum(Handle t, const int64_t* d, int64_t n, uint8_t keep, int dtype) {
    TENSOR(n == 0 ? at::sum(*t, maybe_dtype(dtype)) : at::sum(*t, dims(d, n), keep, maybe_dtype(dtype)));
}
API Handle ts_mean(Handle t, const int64_t* d, int64_t n, uint8_t keep, int dtype) {
    TENSOR(n == 0 ? at::mean(*t, maybe_dtype(dtype)) : at::mean(*t, dims(d, n), keep, maybe_dtype(dtype)));
}
API Handle ts_prod(Handle t, int dtype) { TENSOR(at::prod(*t, maybe_dtype(dtype))); }
API Handle ts_prod_dim(Handle t, int64_t dim, uint8_t keep, int dtype) {
    TENSOR(at::prod(*t, dim, keep, maybe_dtype(dtype)));
}
API Handle ts_nansum(Handle t) { TENSOR(at::nansum(*t)); }
API Handle ts_var(Handle t, const int64_t* d, int64_t n, uint8_t unbiased, uint8_t keep) {
    TENSOR(n == 0 ? at::var(*t, (bool)unbiased) : at::var(*t, dims(d, n), (bool)unbiased, (bool)keep));
}
API Handle ts_std(Handle t, const int64_t* d, int64_t n, uint8_t unbiased, uint8_t keep) {
    TENSOR(n == 0 ? at::std(*t, (bool)unbiased) : at::std(*t, dims(d, n), (bool)unbiased, (bool)keep));
}
API Handle ts_norm(Handle t, double p) { TENSOR(at::norm(*t, at::Scalar(p))); }
API Handle ts_norm_dim(Handle t, int64_t dim, uint8_t keep, double p) {
    TENSOR(at::norm(*t, Optional<at::Scalar>(p), at::IntArrayRef(dim), keep));
}
API Handle ts_amax(Handle t, const int64_t* d, int64_t n, uint8_t keep) { TENSOR(at::amax(*t, span(d, n), keep)); }
API Handle ts_amin(Handle t, const int64_t* d, int64_t n, uint8_t keep) { TENSOR(at::amin(*t, span(d, n), keep)); }
API Handle ts_max(Handle t) { TENSOR(at::max(*t)); }
API Handle ts_min(Handle t) { TENSOR(at::min(*t)); }
API Handle ts_max_dim(Handle t, int64_t dim, uint8_t keep, Handle* indices) {
    return make_pair(indices, [&] { return at::max(*t, dim, (bool)keep); });
}
API Handle ts_min_dim(Handle t, int64_t dim, uint8_t keep, Handle* indices) {
    return make_pair(indices, [&] { return at::min(*t, dim, (bool)keep); });
}
API Handle ts_argmax(Handle t, const int64_t* dim, uint8_t keep) {
    TENSOR(at::argmax(*t, dim ? Optional<int64_t>(*dim) : Optional<int64_t>(), keep));
}
API Handle ts_argmin(Handle t, const int64_t* dim, uint8_t keep) {
    TENSOR(at::argmin(*t, dim ? Optional<int64_t>(*dim) : Optional<int64_t>(), keep));
}
API Handle ts_argsort(Handle t, int64_t dim, uint8_t descending) { TENSOR(at::argsort(*t, dim, (bool)descending)); }
API Handle ts_all(Handle t) { TENSOR(at::all(*t)); }
API Handle ts_any(Handle t) { TENSOR(at::any(*t)); }
API Handle ts_all_dim(Handle t, int64_t dim, uint8_t keep) { TENSOR(at::all(*t, dim, (bool)keep)); }
API Handle ts_any_dim(Handle t, int64_t dim, uint8_t keep) { TENSOR(at::any(*t, dim, (bool)keep)); }
API Handle ts_count_nonzero(Handle t, const int64_t* d, int64_t n) {
    TENSOR(n == 0 ? at::count_nonzero(*t) : at::count_nonzero(*t, span(d, n)));
}
API Handle ts_median(Handle t) { TENSOR(at::median(*t)); }
API Handle ts_quantile(Handle t, Handle q, int64_t dim, uint8_t keep) { TENSOR(at::quantile(*t, *q, dim, keep)); }
API Handle ts_nanquantile(Handle t, Handle q, int64_t dim, uint8_t keep) { TENSOR(at::nanquantile(*t, *q, dim, keep)); }
API Handle ts_cumsum(Handle t, int64_t dim, int dtype) { TENSOR(at::cumsum(*t, dim, maybe_dtype(dtype))); }
API Handle ts_cumprod(Handle t, int64_t dim, int dtype) { TENSOR(at::cumprod(*t, dim, maybe_dtype(dtype))); }
API Handle ts_logsumexp(Handle t, int64_t dim, uint8_t keep) { TENSOR(at::logsumexp(*t, at::IntArrayRef(dim), keep)); }
API Handle ts_softmax(Handle t, int64_t dim, int dtype) { TENSOR(at::softmax(*t, dim, maybe_dtype(dtype))); }
API Handle ts_log_softmax(Handle t, int64_t dim, int dtype) { TENSOR(at::log_softmax(*t, dim, maybe_dtype(dtype))); }
API Handle ts_sort(Handle t, int64_t dim, uint8_t descending, uint8_t stable, Handle* indices) {
    return make_pair(indices, [&] { return at::sort(*t, Optional<bool>((bool)stable), dim, (bool)descending); });
}
API Handle ts_topk(Handle t, int64_t k, int64_t dim, uint8_t largest, uint8_t sorted, Handle* indices) {
    return make_pair(indices, [&] { return at::topk(*t, k, dim, largest, sorted); });
}
API Handle ts_cov(Handle t, int64_t correction, Handle fweights, Handle aweights) {
    TENSOR(at::cov(*t, correction, maybe(fweights), maybe(aweights)));
}
API Handle ts_bincount(Handle t, Handle weights, int64_t minlength) {
    TENSOR(at::bincount(*t, maybe(weights), minlength));
}
API Handle ts_diff(Handle t, int64_t n, int64_t dim, Handle prepend, Handle append) {
    TENSOR(at::diff(*t, n, dim, maybe(prepend), maybe(append)));
}

API Handle ts_matmul(Handle a, Handle b) { TENSOR(at::matmul(*a, *b)); }
API Handle ts_mm(Handle a, Handle b) { TENSOR(at::mm(*a, *b)); }
API Handle ts_bmm(Handle a, Handle b) { TENSOR(at::bmm(*a, *b)); }
API Handle ts_mv(Handle a, Handle b) { TENSOR(at::mv(*a, *b)); }
API Handle ts_dot(Handle a, Handle b) { TENSOR(at::dot(*a, *b)); }
API Handle ts_outer(Handle a, Handle b) { TENSOR(at::outer(*a, *b)); }
API Handle ts_trace(Handle t) { TENSOR(at::trace(*t)); }
API Handle ts_addmm(Handle t, Handle a, Handle b, double beta, double alpha) {
    TENSOR(at::addmm(*t, *a, *b, beta, alpha));
}
API int32_t ts_addmm_(Handle t, Handle a, Handle b, double beta, double alpha) { DO(t->addmm_(*a, *b, beta, alpha)); }
API Handle ts_addmv(Handle t, Handle a, Handle b, double beta, double alpha) {
    TENSOR(at::addmv(*t, *a, *b, beta, alpha));
}
API Handle ts_baddbmm(Handle t, Handle a, Handle b, double beta, double alpha) {
    TENSOR(at::baddbmm(*t, *a, *b, beta, alpha));
}
API Handle ts_einsum(const char* equation, const Handle* tensors, int64_t n) {
    TENSOR(at::einsum(equation, list(tensors, n)));
}
API Handle ts_cdist(Handle a, Handle b, double p) { TENSOR(at::cdist(*a, *b, p)); }

API Handle ts_cholesky(Handle t) { TENSOR(at::linalg_cholesky(*t)); }
API Handle ts_inv(Handle t) { TENSOR(at::linalg_inv(*t)); }
API Handle ts_pinv(Handle t) { TENSOR(at::linalg_pinv(*t)); }
API Handle ts_det(Handle t) { TENSOR(at::linalg_det(*t)); }
API Handle ts_solve(Handle a, Handle b, uint8_t left) { TENSOR(at::linalg_solve(*a, *b, (bool)left)); }
API Handle ts_solve_triangular(Handle a, Handle b, uint8_t upper, uint8_t left, uint8_t unitriangular) {
    TENSOR(at::linalg_solve_triangular(*a, *b, upper, left, unitriangular));
}
API Handle ts_eigh(Handle t, uint8_t upper, Handle* vectors) {
    return make_pair(vectors, [&] { return at::linalg_eigh(*t, upper ? "U" : "L"); });
}
API Handle ts_eigvalsh(Handle t, uint8_t upper) { TENSOR(at::linalg_eigvalsh(*t, upper ? "U" : "L")); }
API Handle ts_slogdet(Handle t, Handle* logabsdet) {
    return make_pair(logabsdet, [&] { return at::linalg_slogdet(*t); });
}
// mode: 0 = reduced, 1 = complete, 2 = only R
API Handle ts_qr(Handle t, int mode, Handle* r) {
    return make_pair(r, [&] { return at::linalg_qr(*t, mode == 0 ? "reduced" : mode == 1 ? "complete" : "r"); });
}
API Handle ts_svd(Handle t, uint8_t full_matrices, Handle* s, Handle* vh) {
    *s = *vh = nullptr;
    return make([&]() -> Tensor {
        auto result = at::linalg_svd(*t, (bool)full_matrices);
        *s = wrap(std::get<1>(result));
        *vh = wrap(std::get<2>(result));
        return std::get<0>(result);
    });
}
API Handle ts_svdvals(Handle t) { TENSOR(at::linalg_svdvals(*t)); }
API Handle ts_linalg_norm(Handle t, Number order, const int64_t* d, int64_t n, uint8_t keep) {
    TENSOR(at::linalg_norm(*t, maybe_scalar(order), dims(d, n), (bool)keep));
}
API Handle ts_linalg_norm_named(Handle t, const char* order, const int64_t* d, int64_t n, uint8_t keep) {
    TENSOR(at::linalg_norm(*t, order, dims(d, n), (bool)keep));
}
API Handle ts_vector_norm(Handle t, double order, const int64_t* d, int64_t n, uint8_t keep) {
    TENSOR(at::linalg_vector_norm(*t, order, dims(d, n), (bool)keep));
}
