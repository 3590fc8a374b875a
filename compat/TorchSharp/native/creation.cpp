// New tensors and random numbers.
#include "shim.h"

#include <ATen/CPUGeneratorImpl.h>

static Tensor finish(Tensor t, Options o) {
    if (o.requires_grad) t.set_requires_grad(true);
    return t;
}

API Handle ts_empty(const int64_t* sizes, int64_t n, Options o) {
    TENSOR(finish(at::empty(span(sizes, n), options(o)), o));
}
API Handle ts_zeros(const int64_t* sizes, int64_t n, Options o) {
    TENSOR(finish(at::zeros(span(sizes, n), options(o)), o));
}
API Handle ts_ones(const int64_t* sizes, int64_t n, Options o) {
    TENSOR(finish(at::ones(span(sizes, n), options(o)), o));
}
API Handle ts_full(const int64_t* sizes, int64_t n, Number value, Options o) {
    TENSOR(finish(at::full(span(sizes, n), scalar(value), options(o)), o));
}
API Handle ts_rand(const int64_t* sizes, int64_t n, at::Generator* g, Options o) {
    TENSOR(finish(at::rand(span(sizes, n), maybe(g), options(o)), o));
}
API Handle ts_randn(const int64_t* sizes, int64_t n, at::Generator* g, Options o) {
    TENSOR(finish(at::randn(span(sizes, n), maybe(g), options(o)), o));
}
API Handle ts_randint(int64_t low, int64_t high, const int64_t* sizes, int64_t n, at::Generator* g, Options o) {
    TENSOR(finish(at::randint(low, high, span(sizes, n), maybe(g), options(o)), o));
}
API Handle ts_randperm(int64_t n, at::Generator* g, Options o) {
    TENSOR(finish(at::randperm(n, maybe(g), options(o)), o));
}
API Handle ts_arange(Number start, Number stop, Number step, Options o) {
    TENSOR(finish(at::arange(scalar(start), scalar(stop), scalar(step), options(o)), o));
}
API Handle ts_linspace(double start, double end, int64_t steps, Options o) {
    TENSOR(finish(at::linspace(start, end, steps, options(o)), o));
}
API Handle ts_logspace(double start, double end, int64_t steps, double base, Options o) {
    TENSOR(finish(at::logspace(start, end, steps, base, options(o)), o));
}
API Handle ts_eye(int64_t rows, int64_t columns, Options o) { TENSOR(finish(at::eye(rows, columns, options(o)), o)); }

API Handle ts_empty_like(Handle t, Options o) { TENSOR(finish(at::empty_like(*t, options(o)), o)); }
API Handle ts_zeros_like(Handle t, Options o) { TENSOR(finish(at::zeros_like(*t, options(o)), o)); }
API Handle ts_ones_like(Handle t, Options o) { TENSOR(finish(at::ones_like(*t, options(o)), o)); }
API Handle ts_full_like(Handle t, Number value, Options o) {
    TENSOR(finish(at::full_like(*t, scalar(value), options(o)), o));
}
API Handle ts_rand_like(Handle t, Options o) { TENSOR(finish(at::rand_like(*t, options(o)), o)); }
API Handle ts_randn_like(Handle t, Options o) { TENSOR(finish(at::randn_like(*t, options(o)), o)); }
API Handle ts_randint_like(Handle t, int64_t low, int64_t high, Options o) {
    TENSOR(finish(at::randint_like(*t, low, high, options(o)), o));
}

// Copies the caller's memory.
API Handle ts_from_data(void* data, int dtype, const int64_t* sizes, int64_t n, Options o) {
    TENSOR(finish(at::from_blob(data, span(sizes, n), at::TensorOptions((at::ScalarType)dtype))
                      .to(options(o), /*non_blocking=*/false, /*copy=*/true), o));
}

// Uses the caller's memory until `release(context)` is called.
API Handle ts_from_memory(void* data, int dtype, const int64_t* sizes, int64_t n, void (*release)(void*), void* context,
                          Options o) {
    auto blob = make([&]() -> Tensor {
        return at::from_blob(data, span(sizes, n), [=](void*) { release(context); },
                             at::TensorOptions((at::ScalarType)dtype));
    });
    if (!blob) {
        release(context);
        return nullptr;
    }
    auto result = make([&]() -> Tensor { return finish(blob->to(options(o)), o); });
    delete blob;
    return result;
}

API Handle ts_bernoulli(Handle t, at::Generator* g) { TENSOR(at::bernoulli(*t, maybe(g))); }
API int32_t ts_bernoulli_(Handle t, double p, at::Generator* g) { DO(t->bernoulli_(p, maybe(g))); }
API int32_t ts_normal_(Handle t, double mean, double std, at::Generator* g) { DO(t->normal_(mean, std, maybe(g))); }
API int32_t ts_uniform_(Handle t, double from, double to, at::Generator* g) { DO(t->uniform_(from, to, maybe(g))); }
API int32_t ts_exponential_(Handle t, double lambda, at::Generator* g) { DO(t->exponential_(lambda, maybe(g))); }
API Handle ts_multinomial(Handle t, int64_t n, uint8_t replacement, at::Generator* g) {
    TENSOR(at::multinomial(*t, n, replacement, maybe(g)));
}

API void ts_manual_seed(int64_t seed) {
    done([&] { at::manual_seed((uint64_t)seed); });
}
API at::Generator* ts_generator_default() { return new at::Generator(at::detail::getDefaultCPUGenerator()); }
API at::Generator* ts_generator_new(int64_t seed, int device_type, int device_index) {
    at::Generator* g = nullptr;
    done([&] {
        const auto d = device(device_type, device_index);
        g = d.is_cpu() ? new at::Generator(at::detail::createCPUGenerator((uint64_t)seed))
                       : new at::Generator(at::globalContext().defaultGenerator(d).clone());
        g->set_current_seed((uint64_t)seed);
    });
    return g;
}
API void ts_generator_free(at::Generator* g) { delete g; }
API int32_t ts_generator_seed(at::Generator* g, int64_t seed) {
    DO(std::lock_guard<std::mutex> lock(g->mutex()); g->set_current_seed((uint64_t)seed));
}
API int64_t ts_generator_initial_seed(at::Generator* g) { return (int64_t)g->current_seed(); }
API Handle ts_generator_get_state(at::Generator* g) { TENSOR(g->get_state()); }
API int32_t ts_generator_set_state(at::Generator* g, Handle state) { DO(g->set_state(*state)); }
