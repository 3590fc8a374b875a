// Differentiation, the gradient modes, threads and devices.
#include "shim.h"

#include <ATen/Parallel.h>
#include <c10/core/GradMode.h>
#include <c10/core/InferenceMode.h>
#include <torch/csrc/autograd/autograd.h>
#include <torch/cuda.h>
#include <torch/version.h>

extern "C" void openblas_set_num_threads(int) __attribute__((weak));

#define TEXT_(x) #x
#define TEXT(x) TEXT_(x)

API int32_t ts_backward(const Handle* tensors, int64_t n, const Handle* grads, int64_t grads_count, uint8_t retain_graph,
                        uint8_t create_graph, const Handle* inputs, int64_t inputs_count) {
    DO(torch::autograd::backward(list(tensors, n), list(grads, grads_count), Optional<bool>((bool)retain_graph),
                                 create_graph, list(inputs, inputs_count)));
}

API std::vector<Tensor>* ts_grad(const Handle* outputs, int64_t n, const Handle* inputs, int64_t inputs_count,
                                 const Handle* grads, int64_t grads_count, uint8_t retain_graph, uint8_t create_graph,
                                 uint8_t allow_unused) {
    try {
        return new std::vector<Tensor>(torch::autograd::grad(
            list(outputs, n), list(inputs, inputs_count), list(grads, grads_count), Optional<bool>((bool)retain_graph),
            create_graph, allow_unused));
    } catch (...) {
        remember_current_exception();
        return nullptr;
    }
}

API uint8_t ts_grad_enabled() { return c10::GradMode::is_enabled(); }
API void ts_set_grad_enabled(uint8_t enabled) { c10::GradMode::set_enabled(enabled); }
API c10::InferenceMode* ts_inference_enter(uint8_t enabled) { return new c10::InferenceMode(enabled); }
API void ts_inference_leave(c10::InferenceMode* guard) { delete guard; }
API uint8_t ts_inference_enabled() { return c10::InferenceMode::is_enabled(); }

API const char* ts_version() {
    return TEXT(TORCH_VERSION_MAJOR) "." TEXT(TORCH_VERSION_MINOR) "." TEXT(TORCH_VERSION_PATCH);
}
API int32_t ts_get_num_threads() { return at::get_num_threads(); }
API int32_t ts_get_num_interop_threads() { return at::get_num_interop_threads(); }
API int32_t ts_set_num_threads(int32_t n) {
    // libtorch tells MKL, but not an OpenBLAS that stands behind libblas.so.3: its idle threads spin in sched_yield, and how it
    // cuts a product among them changes the last bits.
    DO(at::set_num_threads(n); if (openblas_set_num_threads) openblas_set_num_threads(n));
}
API int32_t ts_set_num_interop_threads(int32_t n) { DO(at::set_num_interop_threads(n)); }

API uint8_t ts_cuda_available() { return torch::cuda::is_available(); }
API int32_t ts_cuda_count() { return (int32_t)torch::cuda::device_count(); }
API int32_t ts_cuda_synchronize(int32_t index) { DO(torch::cuda::synchronize(index)); }
