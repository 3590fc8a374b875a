namespace Detector.Models.Training;

/// <summary>One phase of gradient descent: steps on the training windows, looks at those held back, and the weights of the best look.</summary>
internal interface IDescent : IDisposable
{
    /// <summary>Takes the next step.</summary>
    /// <param name="progress">Share of the phase that is over, 0…1.</param>
    /// <returns>Loss of the step's windows.</returns>
    double Step(double progress);

    /// <summary>Mean loss of the windows held back, without any randomness.</summary>
    double Validate();

    /// <summary>Mean squared error of the reconstruction of the training windows.</summary>
    double Error();

    /// <summary>Keeps the weights as they are now.</summary>
    void Remember();

    /// <summary>Goes back to the weights that were kept.</summary>
    void Recall();
}
