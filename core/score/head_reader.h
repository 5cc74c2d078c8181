// The head of a model as JSON: its inputs, classes and outputs, which come before its numbers.
#pragma once
#include <string>

#include "core/pipeline/json/json_pull.h"
#include "core/score/own_model.h"

namespace rw::score {

/// The largest of each that is read; far beyond what people train.
inline constexpr std::size_t kMostInputs = 16'384, kMostClasses = 10'000, kMostOutputs = 10'000;

struct JsonHead {
    ModelHead head{};
    Link link = Link::Identity;
    std::string numbers{};  ///< the key at which reading stopped: “linear” or “trees”
};

/// Reads up to the value of "linear" or "trees", and checks what does not depend on it. Faults are in `json`.
JsonHead readHead(JsonPull& json);

/// Whether outputs fit a model with so many raw numbers; else the fault is in `json`.
void checkOutputs(const JsonHead& read, std::size_t raws, JsonPull& json);

}  // namespace rw::score
