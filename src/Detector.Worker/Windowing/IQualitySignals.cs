using Detector.Worker.Contracts;

namespace Detector.Worker.Windowing;

/// <summary>Receives what a <see cref="QualityWatch"/> finds.</summary>
internal interface IQualitySignals
{
    void Accept(in QualitySignal signal);
}
