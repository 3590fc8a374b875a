namespace Detector.Models.Inference;

/// <summary>Filters that slide along the input and write every so many rows of the output.</summary>
/// <param name="Filters">What they make of as many input rows as they have taps, which lie one after the other.</param>
/// <param name="First">The input row where the first of them begin.</param>
/// <param name="Step">Input rows from one place to the next.</param>
/// <param name="Output">The output row that they write first.</param>
/// <param name="OutputStep">Output rows from one to the next.</param>
/// <param name="Count">Output rows that they write.</param>
internal sealed record ConvolutionPass(PackedLayer Filters, int First, int Step, int Output, int OutputStep, int Count);
