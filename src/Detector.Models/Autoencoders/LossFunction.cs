using static TorchSharp.torch;

namespace Detector.Models.Autoencoders;

/// <summary>Loss of a batch, a scalar.</summary>
/// <param name="windows">(B, D).</param>
/// <param name="observed">(B, D), 1 where the value was measured, 0 where it was filled; null when nothing is missing.</param>
/// <param name="progress">Share of the training phase that is over, 0…1.</param>
/// <param name="noise">Source of corruption and sampling; null on validation windows, where the loss is deterministic.</param>
public delegate Tensor LossFunction(Tensor windows, Tensor? observed, double progress, Generator? noise);
