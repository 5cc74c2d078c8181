// drift: whether the mean of a value has changed, told of the row in which it is found.
#include "core/learn/learning_output.h"
#include "core/learn/models/drift_detector.h"
#include "core/learn/models/known_models.h"
#include "core/nodes/aggregate_params.h"
#include "core/nodes/learning/learning_params.h"
#include "core/stream/operator.h"
#include "core/stream/sink.h"
#include "core/stream/source.h"

namespace rw {

namespace {

using learn::DriftDetector;

/// The mean of a key before the change that was found last.
class DriftNotes final : public learn::KeyNotes {
 public:
    double mean = 0;
    std::uint64_t rows = 0;

    void visit(learn::ModelFields& fields) override {
        fields.number("mean", mean);
        fields.count("rows", rows);
    }
    std::size_t memoryBytes() const override { return sizeof *this; }
};

class DriftOutput final : public learn::LearningOutput {
 public:
    std::unique_ptr<learn::KeyNotes> makeNotes() const override { return std::make_unique<DriftNotes>(); }

    void scored(const learn::LearningRow& row, learn::MadeRows& made) override {
        const double mean = row.outputs[DriftDetector::kMean], rows = row.outputs[DriftDetector::kRows];
        const bool drift = row.outputs[DriftDetector::kDrift] == 1;
        made.begin(0).truth(drift).number(mean);
        auto& notes = static_cast<DriftNotes&>(*row.notes);
        if (drift) {
            learn::RowMaker& change = made.begin(1).number(row.example.features[0]);
            notes.rows > 0 ? change.number(notes.mean) : change.null();
            change.number(mean).integer(static_cast<std::int64_t>(rows));
        }
        if (!(mean == mean)) return;
        notes.mean = mean;
        notes.rows = static_cast<std::uint64_t>(rows);
    }
};

LearningPorts driftPorts() {
    return {{{"changes", RW_TEXT("drift", "changes")}}, false, {}};
}

BoundNodeRef bindDrift(BindContext& context) {
    LearningBinder binder(context, driftPorts());
    if (!binder.bindInputs() || !binder.bindValue("value")) return nullptr;
    const bool adwin = context.text("method") != "page_hinkley";
    if (adwin) {
        binder.setModel("adwin", {{"delta", context.number("confidence")}});
    } else {
        binder.setModel("page_hinkley", {{"delta", context.number("tolerance")},
                                         {"threshold", context.number("threshold")},
                                         {"fewest", static_cast<double>(context.integer("fewest"))}});
    }
    binder.plan().output = [] { return std::make_unique<DriftOutput>(); };
    const Type number = Type::of(TypeId::Double);
    binder.make(0, learn::MadePrefix::Row, {{"drift", Type::of(TypeId::Boolean)}, {"mean", number}});
    binder.make(
        1, learn::MadePrefix::Keys,
        {{"value", number}, {"mean_before", number}, {"mean", number}, {"rows", Type::of(TypeId::Bigint)}});
    const std::string keys = listText(context, "keys"), value = context.text("value");
    const Text method = context.choice("method");
    return binder.finish(keys.empty() ? RW_TEXT("drift", "%1 · %2").with(value, method)
                                      : RW_TEXT("drift", "%1 · %2 · by %3").with(value, method, keys));
}

ParamSpec ofPageHinkley(ParamSpec param, double least) {
    param.min = least;
    param.appliesWhen = AppliesWhen{"method", {"page_hinkley"}};
    return param;
}

std::vector<ParamSpec> driftParams() {
    ParamSpec value =
        targetParam("value", RW_TEXT("drift", "Value"),
                    RW_TEXT("drift", "The column whose mean is watched. A row with NULL fails."), "numeric");
    value.section = RW_TEXT("drift", "Drift");
    ParamSpec method =
        makeParam("method", ParamKind::Choice, RW_TEXT("drift", "Method"),
                  RW_TEXT("drift",
                          "`adwin`: compares the older with the newer rows of a window that grows until they "
                          "differ; goes by the variance of the values. `page_hinkley`: sums up how far "
                          "values are from their mean, until the sum exceeds a threshold."),
                  "adwin");
    method.choices = {{"adwin", RW_TEXT("drift", "ADWIN")},
                      {"page_hinkley", RW_TEXT("drift", "Page-Hinkley")}};
    ParamSpec confidence =
        makeParam("confidence", ParamKind::Number, RW_TEXT("drift", "Chance of a false change"),
                  RW_TEXT("drift",
                          "How likely a comparison finds a change where there is none: smaller finds fewer "
                          "changes, and later. River calls it delta."),
                  0.002);
    confidence.min = 1e-12;
    confidence.max = 0.5;
    confidence.appliesWhen = AppliesWhen{"method", {"adwin"}};
    std::vector<ParamSpec> params{std::move(value), std::move(method), std::move(confidence)};
    params.push_back(ofPageHinkley(
        makeParam("threshold", ParamKind::Number, RW_TEXT("drift", "Threshold"),
                  RW_TEXT("drift", "There is a change when the sum exceeds it. In the unit of the value."),
                  50),
        0));
    params.push_back(ofPageHinkley(
        makeParam("tolerance", ParamKind::Number, RW_TEXT("drift", "Tolerance"),
                  RW_TEXT("drift", "So far from the mean, a value adds nothing to the sum."), 0.005),
        0));
    ParamSpec fewest = ofPageHinkley(
        makeParam("fewest", ParamKind::Integer, RW_TEXT("drift", "Fewest rows"),
                  RW_TEXT("drift", "No change is found before so many rows since the last one."), 30),
        1);
    fewest.max = 1e9;
    fewest.unit = RW_TEXT("learning", "rows");
    params.push_back(std::move(fewest));
    // What is watched is the value as it is; a detector that does not learn finds nothing.
    for (ParamSpec& param :
         learningParamsWithout({"scale", "impute", "learn", "seed", "warm_up"}, driftPorts(), 0))
        params.push_back(std::move(param));
    return params;
}

}  // namespace

NodeKind driftKind() {
    NodeKind kind;
    kind.type = "drift";
    kind.name = RW_TEXT("drift", "Drift");
    kind.palette = {{kind.name, RW_TEXT("drift", "When a mean changes"), "drift"}};
    kind.ports = [](const Json& params) { return learningPorts(params, driftPorts()); };
    Ports ports = kind.ports(Json::object());
    kind.inputs = std::move(ports.inputs);
    kind.outputs = std::move(ports.outputs);
    kind.params = driftParams();
    kind.bind = bindDrift;
    kind.checkFiles = checkLearningFiles;
    kind.make = makeLearning;
    kind.takes = NodeRequest::ResetModel;
    return kind;
}

}  // namespace rw
