// The contract of a model that learns while rows pass: it scores a row, then learns from it.
//
// A model belongs to one key and sees that key's rows one at a time, in an order that no thread decides
// (event-time rules, 29). It reads no clock and no global random numbers: what it gives is a function of its
// options, its seed and the rows so far, to the last bit. So it computes without -ffast-math and without
// contraction, and sums in the order of the rows.
#pragma once
#include <algorithm>
#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "core/base/time.h"
#include "core/learn/models/model_fields.h"

namespace rw::learn {

/// The value of what is not known: a missing target, or an output without a value. Rows get NULL for it.
inline constexpr double kUnknown = std::numeric_limits<double>::quiet_NaN();

/// One row as a model sees it.
struct Example {
    std::span<const double> features{};  ///< finite; as many as the model was made for
    double target = kUnknown;  ///< number to predict, or index of the class; kUnknown: the row has no label
    double weight = 1;         ///< how many rows it counts for
    Instant time = 0;          ///< event time, in ms
};

/// What a linear model multiplies features by: a line of weights, one a feature, for each number that it adds
/// up, which begins with its intercept.
struct LinearForm {
    std::vector<double> intercepts{};  ///< one a line
    std::vector<double> weights{};     ///< line by line
};

/// One model of one key. Single-threaded.
class Model {
 public:
    virtual ~Model() = default;

    /// Writes what the model says of the row, in the order that its factory documents: `outputs` values,
    /// kUnknown where it can't say yet. Changes nothing; an infinite or undefined result is kUnknown.
    virtual void score(const Example& row, std::span<double> outputs) const = 0;
    /// Writes how far each feature is from what the model has learnt, one number a feature, as its factory
    /// documents; kUnknown where there is no such distance, which is the default. Changes nothing.
    virtual void explain(const Example& /*row*/, std::span<double> distances) const {
        std::fill(distances.begin(), distances.end(), kUnknown);
    }
    /// Learns from the row. A row without a target changes only what needs none. Called after score() of the
    /// same row, or later where labels come late. After any finite input all fields are finite: a step that
    /// would overflow is left out.
    virtual void learn(const Example& row) = 0;
    /// Names all that decides what the model gives from now on: the one description of its state for
    /// checkpoints, export and import. Reading into a model that was made with the same options makes it
    /// equal to the one that was written, or reports broken state.
    virtual void visit(ModelFields& fields) = 0;
    /// Bytes that it holds, itself included. Cheap.
    virtual std::size_t memoryBytes() const = 0;
    /// Its weights, where it is linear: of a regression one line; of two classes one, of the second; of more
    /// a line for each that it knows, against the others.
    virtual std::optional<LinearForm> linear() const { return std::nullopt; }
};

/// Makes models of one kind with the same options. Immutable; any thread.
class ModelFactory {
 public:
    virtual ~ModelFactory() = default;
    /// A model that has seen no row: the prior. `seed` is seedOfKey() of it: random starts come from
    /// randomStart(seed, index) alone.
    virtual std::unique_ptr<Model> make(std::uint64_t seed) const = 0;
    virtual std::size_t features() const = 0;  ///< of each row
    virtual std::size_t outputs() const = 0;   ///< of score()
    /// Of the fields that visit() names; raised with their meaning.
    virtual std::uint32_t version() const { return 1; }
};
using ModelFactoryRef = std::shared_ptr<const ModelFactory>;

}  // namespace rw::learn
