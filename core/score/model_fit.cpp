#include "core/score/model_fit.h"

#include <algorithm>
#include <utility>

namespace rw::score {

namespace {

Status wrong(const char* param, Text message, Text fix) {
    Error error;
    error.code = ErrorCode::Invalid;
    error.message = std::move(message);
    error.fix = std::move(fix);
    error.param = param;
    return Status(std::move(error));
}

std::string namesOf(const std::vector<ModelInput>& inputs) {
    constexpr std::size_t kShown = 12;
    std::string names;
    for (std::size_t i = 0; i < inputs.size(); ++i) {
        if (i == kShown) return names + ", …";
        names += (i == 0 ? "" : ", ") + inputs[i].name;
    }
    return names;
}

std::string namesOf(const std::vector<ModelOutput>& outputs) {
    std::vector<ModelInput> named;
    for (const ModelOutput& output : outputs) named.push_back({output.name, {}});
    return namesOf(named);
}

}  // namespace

Result<std::vector<std::size_t>> fitFeatures(const ModelHead& head, const std::vector<std::string>& names) {
    std::vector<std::size_t> places;
    const ModelInput* missing = nullptr;
    for (const ModelInput& input : head.inputs) {
        const auto found = std::find(names.begin(), names.end(), input.name);
        if (found == names.end() && missing == nullptr) missing = &input;
        if (found != names.end()) places.push_back(static_cast<std::size_t>(found - names.begin()));
    }
    if (missing != nullptr && !places.empty()) {
        return wrong(
            "features",
            RW_TEXT("score", "No feature is named “%1”, as an input of the model is.").with(missing->name),
            RW_TEXT("score",
                    "Name the features as the inputs are named, with AS, or none of them. The inputs "
                    "are: %1.")
                .with(namesOf(head.inputs)));
    }
    if (names.size() != head.inputs.size()) {
        return wrong("features",
                     RW_TEXT("score", "The model has %1 inputs, and there are %2 features.")
                         .with(head.inputs.size(), names.size()),
                     RW_TEXT("score", "Give the features of the inputs: %1.").with(namesOf(head.inputs)));
    }
    for (std::size_t i = 0; missing != nullptr && i < names.size(); ++i) places.push_back(i);
    return places;
}

Result<std::vector<std::size_t>> fitColumns(const ModelHead& head, const Schema& columns) {
    std::vector<std::size_t> outputs;
    for (const Field& column : columns.fields) {
        const auto found =
            std::find_if(head.outputs.begin(), head.outputs.end(),
                         [&](const ModelOutput& output) { return output.name == column.name; });
        if (found == head.outputs.end()) {
            return wrong("columns", RW_TEXT("score", "The model has no output “%1”.").with(column.name),
                         RW_TEXT("score", "Its outputs are: %1.").with(namesOf(head.outputs)));
        }
        if (found->type != column.type) {
            return wrong("columns",
                         RW_TEXT("score", "Output “%1” of the model has type %2, not %3.")
                             .with(column.name, toString(found->type), toString(column.type)),
                         RW_TEXT("score", "Read the columns from the file."));
        }
        outputs.push_back(static_cast<std::size_t>(found - head.outputs.begin()));
    }
    return outputs;
}

Status fitImpute(const ModelHead& head, Impute impute) {
    if (impute == Impute::Missing && !head.missing) {
        return wrong("impute", RW_TEXT("score", "The model has no answer to missing features."),
                     RW_TEXT("score", "Choose the mean or 0, or train a model that knows missing values."));
    }
    if (impute != Impute::Mean) return {};
    for (const ModelInput& input : head.inputs) {
        if (input.mean) continue;
        return wrong("impute",
                     RW_TEXT("score", "The model does not tell the mean of its input “%1”.").with(input.name),
                     RW_TEXT("score", "Write the model anew, and give the script the rows of the training."));
    }
    return {};
}

}  // namespace rw::score
