namespace Detector.Worker.Contracts;

/// <summary>What is wrong with the data of a series. The set is bounded: each is a label value of a metric.</summary>
public enum QualityReason
{
    /// <summary>The series has stopped sending.</summary>
    Silent,

    /// <summary>A feature repeats one value far longer than it ever did in training.</summary>
    Stuck,

    /// <summary>A feature that the model knows stays away while the series goes on.</summary>
    FeatureMissing,

    /// <summary>A feature has come that the model does not know; it is left out.</summary>
    FeatureNew,

    /// <summary>In the place of a feature's numbers comes something that is none.</summary>
    WrongType,
}
