// anomaly: each row with a score of how odd it is among those of its key so far.
#include <algorithm>
#include <cmath>

#include "core/learn/learning_output.h"
#include "core/nodes/aggregate_params.h"
#include "core/nodes/learning/anomaly_methods.h"
#include "core/nodes/learning/feature_distances.h"
#include "core/nodes/learning/learning_params.h"
#include "core/stream/operator.h"
#include "core/stream/sink.h"
#include "core/stream/source.h"

namespace rw {

namespace {

/// Of one feature with a band, what lies outside it is an anomaly: of values that did not vary so far, too,
/// where no deviation can be told. Else what has a score above the threshold.
class AnomalyOutput final : public learn::LearningOutput {
 public:
    /// `distances`: null without `explain`.
    AnomalyOutput(bool band, double threshold, std::unique_ptr<FeatureDistances> distances)
        : m_band(band), m_threshold(threshold), m_distances(std::move(distances)) {}

    void scored(const learn::LearningRow& row, learn::MadeRows& made) override {
        const std::span<const double> said = row.outputs;
        bool odd = said[0] > m_threshold;
        learn::RowMaker& out = made.begin(0).number(said[0]);
        if (m_band) {
            odd = row.example.features[0] < said[2] || row.example.features[0] > said[3];
            out.number(said[1]).number(said[2]).number(said[3]);
        }
        out.truth(odd);
        if (m_distances) std::isfinite(said[0]) ? out.text(m_distances->of(row)) : out.null();
        if (row.warm) made.judge(Quality::Kind::Anomalies, odd ? 1 : 0);
    }

 private:
    const bool m_band;
    const double m_threshold;
    const std::unique_ptr<FeatureDistances> m_distances;
};

const AnomalyMethod& methodOf(const BindContext& context) {
    const auto& methods = anomalyMethods();
    const std::string value = context.text("method");
    const auto found = std::find_if(methods.begin(), methods.end(),
                                    [&](const AnomalyMethod& method) { return method.value == value; });
    return found == methods.end() ? methods.front() : *found;
}

BoundNodeRef bindAnomaly(BindContext& context) {
    LearningBinder binder(context, {});
    const AnomalyMethod& method = methodOf(context);
    if (!binder.bindInputs() || !binder.bindFeatures(1, method.mostFeatures)) return nullptr;
    learn::ModelOptions options;
    method.options(context, options);
    binder.setModel(method.model, options);
    const bool band = method.band && binder.features() == 1;
    std::vector<Field> columns{{"score", Type::of(TypeId::Double)}};
    if (band) {
        for (const char* name : {"expected", "low", "high"})
            columns.push_back({name, Type::of(TypeId::Double)});
    }
    columns.push_back({"anomaly", Type::of(TypeId::Boolean)});
    const bool explains = method.explains && context.flag("explain");
    if (explains) columns.push_back(distancesField());
    binder.make(0, learn::MadePrefix::Row, columns);
    binder.plan().output = [band, threshold = context.number(method.threshold), explains,
                            names = binder.plan().rows().names] {
        return std::make_unique<AnomalyOutput>(
            band, threshold, explains ? std::make_unique<FeatureDistances>(names) : nullptr);
    };
    const std::string keys = listText(context, "keys");
    return binder.finish(
        keys.empty()
            ? RW_TEXT("anomaly", "%1 of %2").with(method.label, listText(context, "features"))
            : RW_TEXT("anomaly", "%1 of %2 · by %3").with(method.label, listText(context, "features"), keys));
}

std::vector<ParamSpec> anomalyParams() {
    ParamSpec method = makeParam(
        "method", ParamKind::Choice, RW_TEXT("anomaly", "Method"),
        RW_TEXT("anomaly",
                "How the score is computed. `z`: the distance from the weighted mean, "
                "in weighted standard deviations. `robust_z`: the distance from the "
                "median of the last rows, in median absolute deviations. `holt_winters`: the "
                "distance from a forecast with trend and season, in deviations of its errors. "
                "`half_space_trees`: how few of the rows before are where the row is, of any number "
                "of features."),
        "z");
    std::vector<ParamSpec> ofMethods;
    for (const AnomalyMethod& each : anomalyMethods()) {
        method.choices.push_back({std::string(each.value), each.label});
        for (ParamSpec& param : each.params()) {
            param.appliesWhen = AppliesWhen{"method", {std::string(each.value)}};
            ofMethods.push_back(std::move(param));
        }
    }
    ParamSpec features = featuresParam();
    features.section = RW_TEXT("anomaly", "Anomalies");
    ParamSpec threshold = makeParam("threshold", ParamKind::Number, RW_TEXT("anomaly", "Threshold"),
                                    RW_TEXT("anomaly", "A row with a larger score is an anomaly."), 3);
    threshold.min = 0;
    threshold.appliesWhen = AppliesWhen{"method", {}};
    for (const AnomalyMethod& each : anomalyMethods()) {
        if (each.threshold == threshold.name)
            threshold.appliesWhen->values.push_back(std::string(each.value));
    }
    std::vector<ParamSpec> params{std::move(features), std::move(method)};
    for (ParamSpec& param : ofMethods) params.push_back(std::move(param));
    params.push_back(std::move(threshold));
    params.push_back(distancesParam(
        RW_TEXT("anomaly",
                "Adds the column `distances`: each feature of the row less its weighted mean, in weighted "
                "standard deviations, as JSON. The score is the largest of them, without its sign.")));
    params.back().appliesWhen = AppliesWhen{"method", {"z"}};
    for (ParamSpec& param : learningParams({}, 100)) params.push_back(std::move(param));
    return params;
}

}  // namespace

NodeKind anomalyKind() {
    NodeKind kind;
    kind.type = "anomaly";
    kind.name = RW_TEXT("anomaly", "Anomaly");
    kind.palette = {{kind.name, RW_TEXT("anomaly", "Rows that are odd"), "anomaly"}};
    kind.ports = [](const Json& params) { return learningPorts(params, {}); };
    Ports ports = kind.ports(Json::object());
    kind.inputs = std::move(ports.inputs);
    kind.outputs = std::move(ports.outputs);
    kind.params = anomalyParams();
    kind.bind = bindAnomaly;
    kind.checkFiles = checkLearningFiles;
    kind.make = makeLearning;
    kind.takes = NodeRequest::ResetModel;
    return kind;
}

}  // namespace rw
