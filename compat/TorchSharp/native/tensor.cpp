// Lifetime, description, conversion and indexing of tensors.
#include "shim.h"

#include <ATen/TensorIndexing.h>

#include <string>

static thread_local std::string last_error;
static thread_local bool failed = false;

void remember(const char* message) {
    last_error = message;
    failed = true;
}

void remember_current_exception() {
    try {
        throw;
    } catch (const c10::Error& e) {
        remember(e.what_without_backtrace());
    } catch (const std::exception& e) {
        remember(e.what());
    } catch (...) {
        remember("libtorch failed with an exception of unknown type");
    }
}

at::Scalar scalar(Number n) {
    if (n.kind == 2) {
        double value;
        memcpy(&value, &n.bits, sizeof value);
        return at::Scalar(value);
    }
    TORCH_CHECK(n.kind != 0, "a scalar is missing");
    return n.kind == 3 ? at::Scalar(n.bits != 0) : at::Scalar(n.bits);
}

Optional<at::Scalar> maybe_scalar(Number n) {
    return n.kind == 0 ? Optional<at::Scalar>() : Optional<at::Scalar>(scalar(n));
}

at::Device device(int type, int index) { return at::Device((at::DeviceType)type, (at::DeviceIndex)index); }

at::TensorOptions options(Options o) {
    return at::TensorOptions().dtype((at::ScalarType)o.dtype).device(device(o.device_type, o.device_index));
}

Handle wrap(Tensor t) { return t.defined() ? new Tensor(std::move(t)) : nullptr; }

// The message of this thread's last failure, or null; valid until the next failure on the thread.
API const char* ts_take_error() {
    if (!failed) return nullptr;
    failed = false;
    return last_error.c_str();
}

API void ts_free(Handle t) { delete t; }
API Handle ts_alias(Handle t) { TENSOR(*t); }

API int64_t ts_dim(Handle t) { return t->dim(); }
API int64_t ts_numel(Handle t) { return t->numel(); }
API int64_t ts_element_size(Handle t) { return t->element_size(); }
API int64_t ts_storage_offset(Handle t) { return t->storage_offset(); }
API int32_t ts_dtype(Handle t) { return (int32_t)t->scalar_type(); }
API int32_t ts_device_type(Handle t) { return (int32_t)t->device().type(); }
API int32_t ts_device_index(Handle t) { return t->device().index(); }
API uint8_t ts_is_contiguous(Handle t) { return t->is_contiguous(); }
API uint8_t ts_is_leaf(Handle t) { return t->is_leaf(); }
API uint8_t ts_requires_grad(Handle t) { return t->requires_grad(); }

API void ts_sizes(Handle t, int64_t* out) {
    for (auto size : t->sizes()) *out++ = size;
}

API void ts_strides(Handle t, int64_t* out) {
    for (auto stride : t->strides()) *out++ = stride;
}

API int32_t ts_size(Handle t, int64_t dim, int64_t* size) { DO(*size = t->size(dim)); }
API int32_t ts_stride(Handle t, int64_t dim, int64_t* stride) { DO(*stride = t->stride(dim)); }
API int32_t ts_data(Handle t, void** data) { DO(*data = t->data_ptr()); }
API int32_t ts_set_requires_grad(Handle t, uint8_t value) { DO(t->set_requires_grad(value)); }
API int32_t ts_retain_grad(Handle t) { DO(t->retain_grad()); }

// Null without an error when there is no gradient.
API Handle ts_get_grad(Handle t) { TENSOR(t->grad()); }
API int32_t ts_set_grad(Handle t, Handle grad) { DO(t->mutable_grad() = grad ? *grad : Tensor()); }

API Handle ts_to(Handle t, int dtype, int device_type, int device_index, uint8_t copy, uint8_t non_blocking) {
    TENSOR(t->to(device(device_type, device_index), (at::ScalarType)dtype, non_blocking, copy));
}
API Handle ts_to_type(Handle t, int dtype, uint8_t copy, uint8_t non_blocking) {
    TENSOR(t->to((at::ScalarType)dtype, non_blocking, copy));
}
API Handle ts_to_device(Handle t, int device_type, int device_index, uint8_t copy, uint8_t non_blocking) {
    TENSOR(t->to(device(device_type, device_index), t->scalar_type(), non_blocking, copy));
}
API int32_t ts_copy_(Handle t, Handle source, uint8_t non_blocking) { DO(t->copy_(*source, non_blocking)); }
API Handle ts_clone(Handle t) { TENSOR(t->clone()); }
API Handle ts_detach(Handle t) { TENSOR(t->detach()); }
API int32_t ts_detach_(Handle t) { DO(t->detach_()); }
API Handle ts_pin_memory(Handle t) { TENSOR(t->pin_memory()); }
API int32_t ts_is_pinned(Handle t, uint8_t* pinned) { DO(*pinned = t->is_pinned()); }
API Handle ts_contiguous(Handle t) { TENSOR(t->contiguous()); }

struct Index {
    int64_t kind;  // 0 = single, 1 = slice, 2 = ellipsis, 3 = new axis, 4 = boolean, 5 = tensor
    int64_t start, stop, step;
    uint8_t has_start, has_stop, has_step;
    Handle tensor;
};

static std::vector<at::indexing::TensorIndex> indices(const Index* items, int64_t count) {
    std::vector<at::indexing::TensorIndex> result;
    for (auto i = items; i != items + count; i++) {
        switch (i->kind) {
            case 0: result.emplace_back(i->start); break;
            case 1: {
                const int64_t step = i->has_step ? i->step : 1;
                const int64_t start = i->has_start ? i->start : 0;
                const int64_t stop = i->has_stop ? i->stop : at::indexing::INDEX_MAX;
                result.emplace_back(at::indexing::Slice(start, stop, step));
                break;
            }
            case 2: result.emplace_back(at::indexing::Ellipsis); break;
            case 3: result.emplace_back(at::indexing::None); break;
            case 4: result.emplace_back(i->start != 0); break;
            default: result.emplace_back(*i->tensor); break;
        }
    }
    return result;
}

API Handle ts_index(Handle t, const Index* items, int64_t count) { TENSOR(t->index(indices(items, count))); }
API int32_t ts_index_put_(Handle t, const Index* items, int64_t count, Handle value) {
    DO(t->index_put_(indices(items, count), *value));
}
API int32_t ts_index_put_scalar_(Handle t, const Index* items, int64_t count, Number value) {
    DO(t->index_put_(indices(items, count), scalar(value)));
}

// Lists of tensors that libtorch returns.
API int64_t ts_list_count(std::vector<Tensor>* tensors) { return (int64_t)tensors->size(); }
API Handle ts_list_take(std::vector<Tensor>* tensors, int64_t i) { TENSOR(std::move((*tensors)[(size_t)i])); }
API void ts_list_free(std::vector<Tensor>* tensors) { delete tensors; }
