// One call per optimiser step: the update is PyTorch's single-tensor sequence of operations, parameter by parameter.
#include "shim.h"

#include <c10/core/GradMode.h>

#include <cmath>

struct AdamOptions {
    double lr, beta1, beta2, eps, weight_decay;
    int64_t decoupled;  // 1 = AdamW
    int64_t amsgrad;
    int64_t maximize;
};

// `steps` counts the updates of each parameter; parameters without a gradient are left alone.
API int32_t ts_adam_step(const Handle* parameters, const Handle* means, const Handle* squares, const Handle* maxima,
                         int64_t* steps, int64_t n, const AdamOptions* o) {
    return done([&] {
        c10::AutoGradMode no_grad(false);
        for (int64_t i = 0; i < n; i++) {
            Tensor& p = *parameters[i];
            Tensor grad = p.grad();
            if (!grad.defined()) continue;
            if (o->maximize) grad = -grad;
            steps[i]++;
            if (o->decoupled) p.mul_(1 - o->lr * o->weight_decay);
            else if (o->weight_decay != 0) grad = grad.add(p, o->weight_decay);

            Tensor &mean = *means[i], &square = *squares[i];
            mean.mul_(o->beta1).add_(grad, 1 - o->beta1);
            square.mul_(o->beta2).addcmul_(grad, grad, 1 - o->beta2);
            const double correction1 = 1 - std::pow(o->beta1, (double)steps[i]);
            const double correction2 = 1 - std::pow(o->beta2, (double)steps[i]);
            Tensor second = square;
            if (o->amsgrad) {
                at::maximum_out(*maxima[i], *maxima[i], square);
                second = *maxima[i];
            }
            p.addcdiv_(mean, second.sqrt().div_(std::sqrt(correction2)).add_(o->eps), -o->lr / correction1);
        }
    });
}

struct SgdOptions {
    double lr, momentum, dampening, weight_decay;
    int64_t nesterov;
    int64_t maximize;
};

// `buffers` holds the momentum of each parameter, null until its first step.
API int32_t ts_sgd_step(const Handle* parameters, Handle* buffers, int64_t n, const SgdOptions* o) {
    return done([&] {
        c10::AutoGradMode no_grad(false);
        for (int64_t i = 0; i < n; i++) {
            Tensor& p = *parameters[i];
            Tensor grad = p.grad();
            if (!grad.defined()) continue;
            if (o->weight_decay != 0) grad = grad.add(p, o->weight_decay);
            if (o->momentum != 0) {
                if (!buffers[i]) buffers[i] = new Tensor(grad.clone().detach());
                else buffers[i]->mul_(o->momentum).add_(grad, 1 - o->dampening);
                grad = o->nesterov ? grad.add(*buffers[i], o->momentum) : *buffers[i];
            }
            p.add_(grad, o->maximize ? o->lr : -o->lr);
        }
    });
}

API int32_t ts_zero_grad(const Handle* parameters, int64_t n) {
    return done([&] {
        for (int64_t i = 0; i < n; i++) {
            Tensor& grad = parameters[i]->mutable_grad();
            if (grad.defined()) grad.detach_().zero_();
        }
    });
}

// Scales all gradients so that their joint norm is at most `max_norm`; returns the norm before.
API int32_t ts_clip_grad_norm_(const Handle* parameters, int64_t n, double max_norm, double p, double* total) {
    return done([&] {
        c10::AutoGradMode no_grad(false);
        std::vector<Tensor> grads, norms;
        for (int64_t i = 0; i < n; i++) {
            const Tensor& grad = parameters[i]->grad();
            if (grad.defined()) grads.push_back(grad);
        }
        *total = 0;
        if (grads.empty()) return;
        const bool infinite = std::isinf(p);
        for (auto& g : grads) norms.push_back(infinite ? g.abs().max() : g.norm(p));
        const Tensor stacked = at::stack(norms);
        *total = (infinite ? stacked.max() : stacked.norm(p)).item().toDouble();
        const double coefficient = max_norm / (*total + 1e-6);
        if (coefficient >= 1) return;
        for (auto& g : grads) g.mul_(coefficient);
    });
}

API int32_t ts_clip_grad_value_(const Handle* parameters, int64_t n, double value) {
    return done([&] {
        c10::AutoGradMode no_grad(false);
        for (int64_t i = 0; i < n; i++) {
            Tensor grad = parameters[i]->grad();
            if (grad.defined()) grad.clamp_(-value, value);
        }
    });
}
