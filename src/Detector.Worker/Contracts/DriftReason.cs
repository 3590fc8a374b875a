namespace Detector.Worker.Contracts;

/// <summary>What of a series has drifted. The set is bounded: each is a label value of a metric.</summary>
public enum DriftReason
{
    /// <summary>Values of a feature are spread otherwise than in training.</summary>
    Input,

    /// <summary>Scores of normal rows have risen.</summary>
    Score,

    /// <summary>A feature has moved away from what the others say of it: a new normal, or a fault. A person is asked.</summary>
    Level,

    /// <summary>A feature that the model knows is hardly there any more, or one that it does not know has come. A person is asked.</summary>
    Shape,

    /// <summary>Alarms that nobody confirmed come again and again, all alike: normal operation, or a fault. A person is asked.</summary>
    Recurrence,
}
