#include "core/score/model_json.h"

#include <utility>

#include "core/pipeline/json/json_pull.h"
#include "core/score/head_reader.h"
#include "core/score/linear_model.h"
#include "core/score/tree_reader.h"

namespace rw::score {

namespace {

constexpr std::size_t kMostWeights = 20'000'000;

void readNumbers(JsonPull& json, std::size_t most, std::vector<double>& numbers) {
    for (json.beginArray(); json.nextItem();) {
        numbers.push_back(json.number());
        if (numbers.size() > most) json.fail(RW_TEXT("score", "More than %1 numbers are here.").with(most));
    }
}

/// One for each of `count`.
void readExactly(JsonPull& json, std::size_t count, std::vector<double>& numbers) {
    numbers.clear();
    readNumbers(json, count, numbers);
    if (numbers.size() != count)
        json.fail(
            RW_TEXT("score", "%1 numbers are wanted here, and %2 are there.").with(count, numbers.size()));
}

void readScale(JsonPull& json, std::size_t inputs, LinearNumbers& numbers) {
    std::string key;
    for (json.beginObject(); json.nextKey(key);) {
        if (key == "mean") {
            readExactly(json, inputs, numbers.means);
        } else if (key == "scale") {
            readExactly(json, inputs, numbers.scales);
            for (const double scale : numbers.scales) {
                if (!(scale > 0)) json.fail(RW_TEXT("score", "A scale is above 0."));
            }
        } else {
            json.fail(RW_TEXT("score", "“scaler” has no “%1”.").with(key));
        }
    }
    if (numbers.means.size() != inputs || numbers.scales.size() != inputs)
        json.fail(RW_TEXT("score", "“scaler” needs “mean” and “scale”."));
}

void readWeights(JsonPull& json, std::size_t inputs, LinearNumbers& numbers) {
    std::vector<double> row;
    for (json.beginArray(); json.nextItem();) {
        readExactly(json, inputs, row);
        numbers.weights.insert(numbers.weights.end(), row.begin(), row.end());
        if (numbers.weights.size() > kMostWeights)
            json.fail(RW_TEXT("score", "More than %1 numbers are here.").with(kMostWeights));
    }
}

ModelRef readLinear(JsonPull& json, JsonHead& read) {
    LinearNumbers numbers;
    const std::size_t inputs = read.head.inputs.size();
    std::string key;
    for (json.beginObject(); json.nextKey(key);) {
        if (key == "scaler" && numbers.scales.empty()) {
            readScale(json, inputs, numbers);
        } else if (key == "intercepts" && numbers.intercepts.empty()) {
            readNumbers(json, kMostClasses, numbers.intercepts);
        } else if (key == "weights" && numbers.weights.empty()) {
            readWeights(json, inputs, numbers);
        } else {
            json.fail(RW_TEXT("score", "“linear” has no “%1”, or it stands here twice.").with(key));
        }
    }
    if (json.failed()) return nullptr;
    if (numbers.weights.size() != numbers.intercepts.size() * inputs)
        json.fail(RW_TEXT("score", "“weights” needs a list for each of the %1 intercepts.")
                      .with(numbers.intercepts.size()));
    if (read.head.missing) json.fail(RW_TEXT("score", "A linear model has no answer to missing features."));
    checkOutputs(read, numbers.intercepts.size(), json);
    if (json.failed()) return nullptr;
    return std::make_shared<LinearModel>(std::move(read.head), read.link, std::move(numbers));
}

}  // namespace

Result<ModelHead> readJsonHead(std::string_view text) {
    JsonPull json(text);
    JsonHead read = readHead(json);
    if (json.failed()) return json.status();
    return std::move(read.head);
}

Result<ModelRef> loadJsonModel(std::string_view text) {
    JsonPull json(text);
    JsonHead read = readHead(json);
    if (json.failed()) return json.status();
    ModelRef model;
    if (read.numbers == "linear") {
        model = readLinear(json, read);
    } else {
        TreeNumbers numbers = readTrees(json, read.head);
        checkOutputs(read, numbers.base.size(), json);
        if (!json.failed())
            model = std::make_shared<TreeModel>(std::move(read.head), read.link, std::move(numbers));
    }
    bool learnt = false;
    for (std::string key; json.nextKey(key);) {
        if (key == "models" && !std::exchange(learnt, true)) {
            (void)json.value();  // the same numbers, for the node that learnt them
        } else {
            json.fail(RW_TEXT("score", "“%1” stands behind the numbers of the model.").with(key),
                      RW_TEXT("score", "The order is that of the help: “linear” and “trees” are last."));
        }
    }
    json.end();
    if (json.failed()) return json.status();
    return model;
}

}  // namespace rw::score
