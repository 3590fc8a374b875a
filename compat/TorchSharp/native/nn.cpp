// Layers.
#include "shim.h"

API Handle ts_linear(Handle x, Handle weight, Handle bias) { TENSOR(at::linear(*x, *weight, maybe(bias))); }
API Handle ts_dropout(Handle x, double p, uint8_t training) { TENSOR(at::dropout(*x, p, training)); }
API int32_t ts_dropout_(Handle x, double p, uint8_t training) { DO(at::dropout_(*x, p, training)); }
API Handle ts_layer_norm(Handle x, const int64_t* shape, int64_t n, Handle weight, Handle bias, double eps) {
    TENSOR(at::layer_norm(*x, span(shape, n), maybe(weight), maybe(bias), eps));
}
API Handle ts_batch_norm(Handle x, Handle weight, Handle bias, Handle mean, Handle var, uint8_t training,
                         double momentum, double eps) {
    TENSOR(at::batch_norm(*x, maybe(weight), maybe(bias), maybe(mean), maybe(var), training, momentum, eps,
                          at::globalContext().userEnabledCuDNN()));
}
API Handle ts_conv1d(Handle x, Handle weight, Handle bias, int64_t stride, int64_t padding, int64_t dilation,
                     int64_t groups) {
    TENSOR(at::conv1d(*x, *weight, maybe(bias), at::IntArrayRef(stride), at::IntArrayRef(padding),
                      at::IntArrayRef(dilation), groups));
}
API Handle ts_conv1d_same(Handle x, Handle weight, Handle bias, int64_t stride, uint8_t same, int64_t dilation,
                          int64_t groups) {
    TENSOR(at::conv1d(*x, *weight, maybe(bias), at::IntArrayRef(stride), same ? "same" : "valid",
                      at::IntArrayRef(dilation), groups));
}
API Handle ts_conv_transpose1d(Handle x, Handle weight, Handle bias, int64_t stride, int64_t padding,
                               int64_t output_padding, int64_t groups, int64_t dilation) {
    TENSOR(at::conv_transpose1d(*x, *weight, maybe(bias), at::IntArrayRef(stride), at::IntArrayRef(padding),
                                at::IntArrayRef(output_padding), groups, at::IntArrayRef(dilation)));
}
API Handle ts_pad(Handle x, const int64_t* pad, int64_t n, const char* mode, const double* value) {
    TENSOR(at::pad(*x, span(pad, n), mode, value ? Optional<double>(*value) : Optional<double>()));
}

API Handle ts_gru(Handle x, Handle h0, const Handle* weights, int64_t n, uint8_t biases, int64_t layers, double dropout,
                  uint8_t training, uint8_t bidirectional, uint8_t batch_first, Handle* hn) {
    *hn = nullptr;
    return make([&]() -> Tensor {
        auto result = at::gru(*x, *h0, list(weights, n), biases, layers, dropout, training, bidirectional, batch_first);
        *hn = wrap(std::get<1>(result));
        return std::get<0>(result);
    });
}
API Handle ts_lstm(Handle x, Handle h0, Handle c0, const Handle* weights, int64_t n, uint8_t biases, int64_t layers,
                   double dropout, uint8_t training, uint8_t bidirectional, uint8_t batch_first, Handle* hn, Handle* cn) {
    *hn = *cn = nullptr;
    return make([&]() -> Tensor {
        const std::vector<Tensor> state{*h0, *c0};
        auto result = at::lstm(*x, state, list(weights, n), biases, layers, dropout, training, bidirectional, batch_first);
        *hn = wrap(std::get<1>(result));
        *cn = wrap(std::get<2>(result));
        return std::get<0>(result);
    });
}
