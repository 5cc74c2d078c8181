#include "core/nodes/learning/model_methods.h"

#include <algorithm>

namespace rw {

namespace {

/// Every option that some method has.
std::vector<ParamSpec> allOptions() {
    ParamSpec rate =
        makeParam("learning_rate", ParamKind::Number, RW_TEXT("learning", "Learning rate"),
                  RW_TEXT("learning",
                          "How far each row moves the weights. Larger: it follows changes sooner, "
                          "and is less steady; too large: the errors grow without end."),
                  0.01);
    ParamSpec alpha =
        makeParam("alpha", ParamKind::Number, RW_TEXT("learning", "Learning rate α"),
                  RW_TEXT("learning",
                          "How far the first rows of a feature move its weight; later ones move "
                          "it less and less."),
                  0.05);
    ParamSpec l1 = makeParam("l1", ParamKind::Number, RW_TEXT("learning", "L1 penalty"),
                             RW_TEXT("learning",
                                     "Weights of features that matter little stay 0. Larger: of more "
                                     "features."),
                             0);
    ParamSpec l2 = makeParam("l2", ParamKind::Number, RW_TEXT("learning", "L2 penalty"),
                             RW_TEXT("learning", "Keeps weights small. Larger: smaller."), 0);
    for (ParamSpec* param : {&rate, &alpha}) param->min = 1e-9;
    for (ParamSpec* param : {&l1, &l2}) param->min = 0;
    for (ParamSpec* param : {&rate, &alpha, &l1, &l2}) param->max = 1'000;
    return {std::move(rate), std::move(alpha), std::move(l1), std::move(l2)};
}

}  // namespace

ParamSpec methodParam(const std::vector<ModelMethod>& methods, Text help) {
    ParamSpec method = makeParam("method", ParamKind::Choice, RW_TEXT("learning", "Method"), std::move(help),
                                 std::string(methods.front().value));
    for (const ModelMethod& each : methods) method.choices.push_back({std::string(each.value), each.label});
    return method;
}

std::vector<ParamSpec> optionParams(const std::vector<ModelMethod>& methods) {
    std::vector<ParamSpec> params;
    for (ParamSpec& option : allOptions()) {
        AppliesWhen when{"method", {}};
        for (const ModelMethod& method : methods) {
            if (std::find(method.options.begin(), method.options.end(), option.name) != method.options.end())
                when.values.emplace_back(method.value);
        }
        option.appliesWhen = when;
        if (!when.values.empty()) params.push_back(std::move(option));
    }
    return params;
}

const ModelMethod& chosenMethod(const BindContext& context, const std::vector<ModelMethod>& methods) {
    const std::string value = context.text("method");
    const auto found = std::find_if(methods.begin(), methods.end(),
                                    [&](const ModelMethod& method) { return method.value == value; });
    return found == methods.end() ? methods.front() : *found;
}

learn::ModelOptions optionsOf(const BindContext& context, const ModelMethod& method) {
    learn::ModelOptions options;
    for (const std::string& option : method.options) options.set(option, context.number(option));
    return options;
}

}  // namespace rw
