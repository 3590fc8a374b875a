// The C ABI between TorchSharp.dll and libtorch. Every function is named ts_<what>; a tensor travels as a pointer to a
// heap-allocated at::Tensor that the managed side frees with ts_free. A failing call returns null (or 0) and leaves its
// message for ts_take_error.
#pragma once

#include <ATen/ATen.h>

#include <cstdint>
#include <utility>
#include <vector>

#define API extern "C" __attribute__((visibility("default")))

using Tensor = at::Tensor;
using Handle = at::Tensor*;

// c10::optional until libtorch 2.x made it std::optional: take whichever this version uses.
template <class> struct OptionalOf;
template <template <class> class O, class T> struct OptionalOf<O<T>> { template <class U> using Type = O<U>; };
template <class T>
using Optional = typename OptionalOf<decltype(std::declval<c10::TensorOptions>().dtype_opt())>::template Type<T>;

// Passed by value in two registers.
struct Number {
    int64_t kind;  // 0 = absent, 1 = integer, 2 = floating point, 3 = boolean
    int64_t bits;
};

struct Options {
    int32_t dtype;
    int32_t device_type;
    int32_t device_index;
    int32_t requires_grad;
};

void remember(const char* message);
void remember_current_exception();

at::Scalar scalar(Number n);
Optional<at::Scalar> maybe_scalar(Number n);
at::TensorOptions options(Options o);
at::Device device(int type, int index);
Handle wrap(Tensor t);

inline Optional<Tensor> maybe(Handle t) { return t ? Optional<Tensor>(*t) : Optional<Tensor>(); }
inline at::IntArrayRef span(const int64_t* data, int64_t count) { return at::IntArrayRef(data, (size_t)count); }

inline Optional<at::Generator> maybe(at::Generator* g) {
    return g ? Optional<at::Generator>(*g) : Optional<at::Generator>();
}

inline Optional<at::ScalarType> maybe_dtype(int dtype) {
    return dtype < 0 ? Optional<at::ScalarType>() : Optional<at::ScalarType>((at::ScalarType)dtype);
}

inline std::vector<Tensor> list(const Handle* handles, int64_t count) {
    std::vector<Tensor> tensors;
    tensors.reserve((size_t)count);
    for (int64_t i = 0; i < count; i++) tensors.push_back(handles[i] ? *handles[i] : Tensor());
    return tensors;
}

// Runs an expression that makes a tensor.
template <class F> Handle make(F&& f) {
    try {
        return wrap(f());
    } catch (...) {
        remember_current_exception();
        return nullptr;
    }
}

// Runs statements; 1 = they succeeded.
template <class F> int32_t done(F&& f) {
    try {
        f();
        return 1;
    } catch (...) {
        remember_current_exception();
        return 0;
    }
}

#define TENSOR(expression) return make([&]() -> Tensor { return expression; })
#define DO(statements) return done([&] { statements; })
