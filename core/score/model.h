// A trained model: what it takes, what it gives, and the rows that it scores.
#pragma once
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/base/status.h"
#include "core/data/column.h"
#include "core/data/schema.h"

namespace rw::score {

struct ModelInput {
    std::string name{};
    std::optional<double> mean{};  ///< of the rows that the model was trained with
};

/// The classes of a classifier, in the order of its numbers.
struct Classes {
    Type type = Type::of(TypeId::Null);  ///< STRING, BIGINT or BOOLEAN; NULL: it is no classifier
    std::vector<std::string> texts{};
    std::vector<std::int64_t> numbers{};
    std::size_t size() const { return texts.empty() ? numbers.size() : texts.size(); }
};

/// What an output is computed of.
enum class Gives {
    Value,        ///< the number of a regression
    Class,        ///< the class with the largest probability; of equal ones the first
    Probability,  ///< of class `item`
    Raw,          ///< number `item` before the link function
    Tensor        ///< column `item` of a tensor of an ONNX model
};

struct ModelOutput {
    std::string name{};
    Type type = Type::of(TypeId::Double);
    Gives gives = Gives::Value;
    std::size_t item = 0;
    std::string tensor{};  ///< Gives::Tensor: its name
};

/// What is known of a model without its numbers.
struct ModelHead {
    std::string about{};  ///< “RandomForestClassifier, scikit-learn 1.7.2”
    std::vector<ModelInput> inputs{};
    std::vector<ModelOutput> outputs{};
    Classes classes{};
    bool floats = false;   ///< features are rounded to 32 bits first
    bool missing = false;  ///< it knows what to do where a feature is missing
};

/// The features of some rows: a column per input of the model, NaN where one is missing.
struct Features {
    std::vector<std::span<const double>> columns{};
    std::size_t rows = 0;
};

/// Of each row, in one line after the other: the bias, then the part of each input.
struct Contributions {
    std::vector<double> parts{};
    std::vector<std::size_t> of{};  ///< of each row: the raw number that they add up to
};

/// Immutable: any thread.
class Model {
 public:
    /// Rows are scored in tiles: what a row gives never depends on the rows beside it.
    static constexpr std::size_t kTile = 64;

    explicit Model(ModelHead head) : m_head(std::move(head)) {}
    Model(const Model&) = delete;
    Model& operator=(const Model&) = delete;
    virtual ~Model() = default;

    const ModelHead& head() const { return m_head; }
    /// About how many steps a row takes.
    virtual std::size_t rowCost() const = 0;
    /// A column for each of `outputs`, numbers of ModelHead::outputs.
    virtual Status score(const Features& features, std::span<const std::size_t> outputs,
                         std::vector<ColumnRef>& columns) const = 0;
    /// Whether contributions() can be asked for; else why not.
    virtual Status explains() const = 0;
    virtual void contributions(const Features& features, Contributions& out) const = 0;
    virtual std::size_t memoryBytes() const = 0;

 private:
    const ModelHead m_head;
};

using ModelRef = std::shared_ptr<const Model>;

}  // namespace rw::score
