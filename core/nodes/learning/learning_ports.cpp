#include <algorithm>

#include "core/nodes/learning/learning_params.h"
#include "core/nodes/learning/learnt_file.h"
#include "core/nodes/learning/saved_models.h"
#include "core/nodes/source_params.h"
#include "core/stream/rejected.h"

namespace rw {

namespace {

std::string textOf(const Json& params, const char* name) {
    const auto found = params.find(name);
    return found != params.end() && found->is_string() ? found->get<std::string>() : std::string();
}

/// The late port of an input besides “in”.
PortSpec lateOf(const PortSpec& input) {
    PortSpec late = latePort();
    late.name = "late_" + input.name;
    late.label = RW_TEXT("learning", "late %1").with(input.label);
    return late;
}

ParamSpec keysParam() {
    ParamSpec keys = makeParam(
        "keys", ParamKind::ColumnNames, RW_TEXT("learning", "Keys"),
        RW_TEXT("learning",
                "Each combination of these columns, including NULL, has a model of its own, which "
                "starts from the prior. Without keys, one model learns from all rows, in one task."),
        Json::array());
    keys.section = RW_TEXT("learning", "Keys");
    return keys;
}

std::vector<ParamSpec> modelParams(int warmUp, const char* defaultScale) {
    ParamSpec warm = makeParam("warm_up", ParamKind::Integer, RW_TEXT("learning", "Warm-up"),
                               RW_TEXT("learning",
                                       "So many first rows of a key are learnt, but not scored: what the "
                                       "node adds to them is NULL, or false."),
                               warmUp);
    warm.section = RW_TEXT("learning", "Learning");
    warm.min = 0;
    warm.max = 1e9;
    warm.unit = RW_TEXT("learning", "rows");
    ParamSpec scale = makeParam("scale", ParamKind::Choice, RW_TEXT("learning", "Scale"),
                                RW_TEXT("learning",
                                        "`running`: the model sees each feature less its mean so far, "
                                        "divided by its standard deviation so far, of the rows of its key. "
                                        "`none`: as it is."),
                                defaultScale);
    scale.choices = {{"none", RW_TEXT("learning", "None")}, {"running", RW_TEXT("learning", "Running")}};
    ParamSpec impute = makeParam("impute", ParamKind::Choice, RW_TEXT("learning", "Missing features"),
                                 RW_TEXT("learning",
                                         "What takes the place of a feature that is NULL. `error`: nothing, "
                                         "the row fails. `mean`: its mean so far, of the rows of its key. "
                                         "`zero`: 0."),
                                 "error");
    impute.choices = {{"error", RW_TEXT("learning", "The row fails")},
                      {"mean", RW_TEXT("learning", "Mean so far")},
                      {"zero", RW_TEXT("learning", "Zero")}};
    ParamSpec learns =
        makeParam("learn", ParamKind::Boolean, RW_TEXT("learning", "Learn"),
                  RW_TEXT("learning", "Off: rows are scored, and nothing is learnt from them."), true);
    ParamSpec seed = makeParam("seed", ParamKind::Integer, RW_TEXT("learning", "Seed"),
                               RW_TEXT("learning",
                                       "Models that start from random numbers start from those of this one "
                                       "and of their key."),
                               1);
    seed.min = 0;
    seed.max = 9e15;
    seed.advanced = true;
    return {std::move(warm), std::move(scale), std::move(impute), std::move(learns), std::move(seed)};
}

ParamSpec ttlParam() {
    ParamSpec ttl = makeParam("state_ttl", ParamKind::Duration, RW_TEXT("learning", "Forget keys after"),
                              RW_TEXT("learning",
                                      "The event time without a row after which the model of a key is "
                                      "forgotten. When the key comes again, it starts from the prior. Empty: "
                                      "models are kept forever."));
    ttl.section = RW_TEXT("learning", "State");
    ttl.min = 1;
    return ttl;
}

ParamSpec controlParam() {
    ParamSpec control = makeParam("control", ParamKind::Choice, RW_TEXT("learning", "Resets"),
                                  RW_TEXT("learning",
                                          "Whether rows at the input `control` reset models to the prior. "
                                          "`keys`: a row resets the model of its key, and has the columns of "
                                          "the keys. `all`: any row resets all models, and the node runs in "
                                          "one task."),
                                  "none");
    control.choices = {{"none", RW_TEXT("learning", "None")},
                       {"keys", RW_TEXT("learning", "The model of the row's key")},
                       {"all", RW_TEXT("learning", "All models")}};
    return control;
}

void addLabelParams(std::vector<ParamSpec>& params) {
    ParamSpec labels = makeParam("labels", ParamKind::Choice, RW_TEXT("learning", "Labels"),
                                 RW_TEXT("learning",
                                         "Where the target is. `with_rows`: in the row; NULL: it is not "
                                         "known, and the row is only scored. `later`: in rows of the input "
                                         "`labels`, which have the id of the row that they belong to, and "
                                         "the columns of the keys."),
                                 "with_rows");
    labels.section = RW_TEXT("learning", "Labels");
    labels.choices = {{"with_rows", RW_TEXT("learning", "In the rows")},
                      {"later", RW_TEXT("learning", "Later, by id")}};
    const AppliesWhen later{"labels", {"later"}};
    ParamSpec id = makeParam("id", ParamKind::ColumnName, RW_TEXT("learning", "Id"),
                             RW_TEXT("learning",
                                     "The column, of rows and of labels, by which a label finds its row. A "
                                     "row takes the place of one with the same id that still waits."));
    id.columnTypes = "label";
    id.required = true;
    id.appliesWhen = later;
    ParamSpec within =
        makeParam("label_within", ParamKind::Duration, RW_TEXT("learning", "Labels come within"),
                  RW_TEXT("learning",
                          "So long after its event time a row waits for its label. Later "
                          "labels leave by `unmatched`."),
                  "1h");
    within.min = 1;
    within.appliesWhen = later;
    params.push_back(std::move(labels));
    params.push_back(std::move(id));
    params.push_back(std::move(within));
}

}  // namespace

Ports learningPorts(const Json& params, const LearningPorts& own) {
    Ports ports;
    ports.inputs = {{"in", RW_TEXT("node", "rows")}};
    if (!own.asks.name.empty()) ports.inputs.push_back(own.asks);
    const bool later = own.laterLabels && textOf(params, "labels") == "later";
    if (later) ports.inputs.push_back({"labels", RW_TEXT("learning", "labels")});
    const std::string control = textOf(params, "control");
    if (control == "keys" || control == "all")
        ports.inputs.push_back({"control", RW_TEXT("learning", "resets")});
    ports.outputs = {{"out", RW_TEXT("node", "rows")}};
    ports.outputs.insert(ports.outputs.end(), own.outputs.begin(), own.outputs.end());
    ports.outputs.push_back(latePort());
    for (std::size_t i = 1; i < ports.inputs.size(); ++i) ports.outputs.push_back(lateOf(ports.inputs[i]));
    if (later) ports.outputs.push_back({"unmatched", RW_TEXT("learning", "labels without a row")});
    ports.outputs.push_back(rejectedPort());
    return ports;
}

ParamSpec featuresParam() {
    ParamSpec features =
        makeParam("features", ParamKind::SelectItems, RW_TEXT("learning", "Features"),
                  RW_TEXT("learning",
                          "The numbers that the model sees of a row: a numeric column, or an expression with "
                          "a name (`LN(price) AS size`). NaN and infinite values make the row fail."));
    features.required = true;
    features.columnTypes = "numeric";
    return features;
}

ParamSpec targetParam(std::string name, Text label, Text help, std::string columnTypes) {
    ParamSpec target = makeParam(std::move(name), ParamKind::ColumnName, std::move(label), std::move(help));
    target.required = true;
    target.columnTypes = std::move(columnTypes);
    return target;
}

std::vector<ParamSpec> learningParamsWithout(const std::vector<std::string_view>& leaves,
                                             const LearningPorts& own, int warmUp) {
    std::vector<ParamSpec> params = learningParams(own, warmUp);
    std::erase_if(params, [&](const ParamSpec& param) {
        return std::find(leaves.begin(), leaves.end(), param.name) != leaves.end();
    });
    return params;
}

std::vector<ParamSpec> learningParams(const LearningPorts& own, int warmUp, const char* scale) {
    std::vector<ParamSpec> params{keysParam()};
    if (own.laterLabels) addLabelParams(params);
    for (ParamSpec& param : modelParams(warmUp, scale)) params.push_back(std::move(param));
    params.push_back(learntFileParam());
    params.push_back(savedModelsParam());
    params.push_back(ttlParam());
    params.push_back(controlParam());
    params.push_back(onErrorParam());
    return params;
}

}  // namespace rw
