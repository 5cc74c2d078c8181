// What one learning node does with what its models say: the rows that it makes. The rest is the same for all
// of them (learning_operator.h).
#pragma once
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/learn/made_rows.h"
#include "core/learn/models/model.h"

namespace rw::learn {

/// What a node remembers of a key besides its model: names of classes, counts for metrics, forecasts that are
/// still to be compared. Forgotten and reset with the model.
class KeyNotes {
 public:
    virtual ~KeyNotes() = default;
    /// As Model::visit().
    virtual void visit(ModelFields& fields) = 0;
    virtual std::size_t memoryBytes() const = 0;  ///< itself included; cheap
    /// The names of the classes, by their numbers; null: the node has none.
    virtual const std::vector<std::string>* classNames() const { return nullptr; }
};

/// A row while it passes.
struct LearningRow {
    Example example{};                          ///< features imputed and scaled, as the model sees them
    std::span<const std::string_view> texts{};  ///< of LearningInput::texts; empty: NULL
    std::string_view label{};                   ///< of LearningInput::label
    bool hasLabel = false;                      ///< the label is not NULL
    bool warm = true;                           ///< the key has had its warm-up
    /// What the model said of it; all kUnknown where it could not be asked: a feature was NULL.
    std::span<const double> outputs{};
    const Model* model = nullptr;
    KeyNotes* notes = nullptr;

    bool known() const { return example.target == example.target; }  ///< it has a target
};

/// One an operator. Decides nothing by what it keeps itself: all that lasts from row to row is in notes.
class LearningOutput {
 public:
    virtual ~LearningOutput() = default;
    virtual std::unique_ptr<KeyNotes> makeNotes() const { return nullptr; }
    /// Turns texts and the label into features and the target, before the row is scored. `features` may be
    /// written; there are as many as the model has. False: the row can't be scored.
    virtual bool encode(LearningRow& /*row*/, std::span<double> /*features*/) { return true; }
    /// Makes outputs unknown that mean nothing yet: what the row itself has told must not count.
    virtual void hide(std::span<double> /*outputs*/) {}
    /// The row was scored, and not yet learnt. Writes what it gives.
    virtual void scored(const LearningRow& row, MadeRows& made) = 0;
    /// The target of a row has come, in the row or later, and is not yet learnt; `row.outputs` are those of
    /// the time when it was scored. Not called while the key warms up. Writes to ports of MadePrefix::Keys.
    virtual void labelled(const LearningRow& /*row*/, MadeRows& /*made*/) {}
    /// The row is done: what was to be learnt from it is learnt. Not called when it could not be scored.
    virtual void passed(const LearningRow& /*row*/, MadeRows& /*made*/) {}
    /// A row of Asks; its outputs are not computed.
    virtual void asked(const LearningRow& /*row*/, MadeRows& /*made*/) {}
    /// How much work a row is, in rows passed on.
    virtual std::size_t cost() const { return 1; }
};

}  // namespace rw::learn
