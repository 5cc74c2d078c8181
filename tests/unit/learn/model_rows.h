// Rows for models, and what a test looks at of a model: its outputs and its state, to the last bit.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "core/base/status.h"
#include "core/learn/models/model.h"

namespace rw::test {

/// Rows of one kind, made by their number: the same in every run.
enum class RowShape {
    Usual,        ///< a wave with noise; targets that follow the features
    Constants,    ///< all alike
    OneClass,     ///< targets alike, features not
    NoTargets,    ///< a third has a target
    Huge,         ///< ±1e300, and targets like that where they are numbers
    Alternating,  ///< from the least to the largest finite number and back
    Tiny          ///< around the smallest numbers, and zeros of both signs
};
inline constexpr RowShape kRowShapes[] = {RowShape::Usual,     RowShape::Constants, RowShape::OneClass,
                                          RowShape::NoTargets, RowShape::Huge,      RowShape::Alternating,
                                          RowShape::Tiny};
const char* nameOf(RowShape shape);

struct ModelRow {
    std::vector<double> features{};
    double target = learn::kUnknown;
    Instant time = 0;

    learn::Example example() const { return {.features = features, .target = target, .time = time}; }
};

/// What its target is.
enum class TargetKind {
    None,
    Number,
    Class  ///< 0 or 1
};
/// `counts`: features of usual rows are whole numbers, one new number after the other.
std::vector<ModelRow> rowsOf(RowShape shape, std::size_t features, TargetKind target, bool counts,
                             std::size_t count);

/// score() of the row.
std::vector<double> said(const learn::Model& model, const learn::ModelFactory& factory, const ModelRow& row);
/// Scores and learns the row; the bits of what it said.
std::string passed(learn::Model& model, const learn::ModelFactory& factory, const ModelRow& row);

/// The state as a checkpoint has it.
std::string stateOf(learn::Model& model);
/// Reads such bytes into the model.
Status readState(learn::Model& model, const std::string& bytes);
/// The state as an exported file has it.
std::string jsonOf(learn::Model& model);
/// Reads such a text into the model.
Status readJson(learn::Model& model, const std::string& json);
/// The names of fields that are not finite, each behind a space.
std::string infiniteFields(learn::Model& model);

}  // namespace rw::test
