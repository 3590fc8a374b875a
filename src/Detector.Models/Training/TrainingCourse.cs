using Detector.Models.Autoencoders;

namespace Detector.Models.Training;

/// <summary>The course of one training phase: losses so far, and when the best look at the validation part was.</summary>
/// <param name="network">What is trained.</param>
/// <param name="descent">How.</param>
/// <param name="start">Steps of the phases before.</param>
internal sealed class TrainingCourse(Autoencoder network, IDescent descent, int start)
{
    private readonly List<double> _training = [];
    private readonly List<double> _validation = [];
    private double _leastLoss = double.PositiveInfinity;
    private int _phaseStep;
    private int _bestStep;
    private bool _restored;

    /// <summary>Steps until the last look, those of the phases before included.</summary>
    public int Step => start + _phaseStep;

    /// <summary>Loss of the weights that are kept: the best one once restored, else the last.</summary>
    public double BestLoss => _restored ? _leastLoss : LastLoss;

    public double LastLoss => _validation[^1];

    public double LastTrainingLoss => _training[^1];

    /// <summary>Looks since the best one.</summary>
    public int SinceBest { get; private set; }

    /// <summary>Measures the validation part and remembers the weights if they are the best so far.</summary>
    /// <param name="step">Steps of this phase.</param>
    /// <param name="trainingLoss">Mean loss since the last look.</param>
    /// <exception cref="TrainingException">The loss is no number.</exception>
    public void Look(int step, double trainingLoss)
    {
        _phaseStep = step;
        double loss = descent.Validate();
        if (!double.IsFinite(loss) || !double.IsFinite(trainingLoss))
        {
            throw new TrainingException(
                $"Training of network '{network.Name}' diverged at step {Step} (training loss {trainingLoss}, validation loss {loss}); " +
                "lower Training:LearningRate or look for extreme values in the training range.");
        }

        _training.Add(trainingLoss);
        _validation.Add(loss);
        SinceBest++;
        if (loss >= _leastLoss)
            return;
        _leastLoss = loss;
        SinceBest = 0;
        _bestStep = Step;
        descent.Remember();
    }

    /// <summary>Gives the network the weights of the best look.</summary>
    public void RestoreBest()
    {
        descent.Recall();
        _restored = true;
    }

    public NetworkReport Report(IReadOnlyList<PropertyFigure> properties, double seconds) => new(
        network.Name, network.parameters().Sum(p => p.numel()), Step, _restored ? _bestStep : Step, _training, _validation, BestLoss, properties,
        seconds);
}
