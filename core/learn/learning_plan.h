// A learning node as it was bound: its inputs, its model, its ports. Immutable; shared by parallel instances.
#pragma once
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "core/learn/models/known_models.h"
#include "core/pipeline/node_kind.h"
#include "core/sql/bound.h"

namespace rw::learn {

class LearningOutput;

/// What the rows of an input are for. Of rows of one event time, those of a smaller value come first.
enum class InputRole {
    Control,  ///< each row resets the model of its key, or all
    Labels,   ///< targets of rows that wait for them, found by their ids
    Rows,     ///< scored, then learnt
    Asks      ///< scored by the node in its own way, never learnt
};

struct LearningInput {
    InputRole role = InputRole::Rows;
    StreamType type{};
    std::vector<int> keys{};               ///< its columns, one for each key of the node
    std::vector<sql::BoundRef> numbers{};  ///< DOUBLE: the features
    std::vector<std::string> names{};      ///< of `numbers`, as they were written; for messages
    std::vector<sql::BoundRef> texts{};    ///< STRING: what the node encodes itself (LearningOutput::encode)
    sql::BoundRef target{};                ///< DOUBLE, of Rows and Labels; null: none
    sql::BoundRef label{};                 ///< STRING: a target that the node encodes; null: none
    sql::BoundRef id{};                    ///< STRING, where labels come later; null: none
    int late = -1;                         ///< its late port
    int unmatched = -1;                    ///< of Labels: the port of labels for which no row waits
};

/// The columns of an input that decide what becomes of its rows, and in which order they are taken.
ColumnSet lookedAt(const LearningInput& input);

/// What stands in front of the node's own columns at an output port.
enum class MadePrefix {
    Row,  ///< the columns of the row of Rows
    Ask,  ///< the columns of the row of Asks
    Keys  ///< the keys, and the event time of the row at which it was made
};

/// An output port of rows that the node makes.
struct MadePort {
    int port = 0;
    SchemaRef schema{};  ///< prefix and own columns
    MadePrefix prefix = MadePrefix::Row;
};

enum class Impute { Error, Mean, Zero };

struct LearningPlan {
    std::vector<LearningInput> inputs{};  ///< by input port; that of Rows is the first
    std::vector<MadePort> made{};
    std::vector<Type> keyTypes{};
    std::string node{};        ///< its type
    std::string method{};      ///< the name of its model in knownModels()
    ModelOptions options{};    ///< of the model
    std::string startsFrom{};  ///< the file with models that a run begins with, absolute; empty: none
    std::string savesTo{};     ///< the file that gets the models when all rows were read, likewise
    bool oneTask = false;    ///< keys do not spread the rows
    bool resetsAll = false;  ///< a row of Control resets every key's model
    ModelFactoryRef model{};
    std::function<std::unique_ptr<LearningOutput>()> output{};
    bool scaled = false;  ///< features less their mean so far, by their deviation so far
    Impute impute = Impute::Error;
    bool learns = true;
    std::uint64_t warmUp = 0;  ///< rows of a key before its first output
    std::uint64_t seed = 0;
    Millis ttl = 0;          ///< 0: keys are kept
    Millis labelWithin = 0;  ///< so long rows wait for their labels; 0: labels are in the rows
    const LearningInput& rows() const { return inputs.front(); }
};
using LearningPlanRef = std::shared_ptr<const LearningPlan>;

}  // namespace rw::learn
