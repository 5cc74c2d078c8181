// A pipeline in another engine's words, with a verdict for each node; and the files that are made of it.
#pragma once
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/status.h"
#include "core/deploy/form.h"
#include "core/deploy/verdict.h"
#include "core/pipeline/validate.h"

namespace rw {

struct Translation {
    Engine engine{};
    /// Of every node that would run; of a subflow the worst of what is inside it, its findings first. A node
    /// inside has its path as its id (core/pipeline/subflow.h).
    std::map<NodeId, NodeVerdict> nodes{};
    Verdict worst = Verdict::Exact;
    bool readFiles = false;  ///< whether files of sources were looked at: TranslateOptions::surveys
    /// In the order in which they are sent: settings, sources, views in topological order, sinks. There are
    /// some even when nodes are refused; they are not to be used then.
    std::vector<Statement> statements{};
    std::vector<Blank> blanks{};          ///< in the order in which they were met
    std::vector<std::string> packages{};  ///< as NodeForm::needs(), each once
    bool checkpoints = false;             ///< as NodeForm::needsCheckpoints(), of any node
    bool keepsState = false;              ///< as NodeFormEntry::keepsState, of any node
};

/// Never fails: an unsupported part is a refusal of its node. A node that has errors, or is behind one that
/// has, gets no verdict. Reads the models of nodes that score rows, and nothing else; some milliseconds for
/// fifty nodes, and up to a tenth of a second for a model.
Translation translate(const Pipeline& pipeline, const Catalogue& catalogue, const Validated& validated,
                      Engine engine, const TranslateOptions& options);

/// A file that `rillwright export` makes for an engine.
struct Artefact {
    Engine engine{};
    std::string_view name{};    ///< “flink-sql”, as the command line has it
    std::string_view ending{};  ///< “.flink.sql”
    Text title{};               ///< of its entry in a menu
    Text files{};               ///< the name of such files in a dialog, with their pattern
    std::string (*write)(const Pipeline& pipeline, const Translation& translation,
                         const TranslateOptions& options) = nullptr;
    bool python = false;  ///< it can define functions: TranslateOptions::python
};
/// Of all engines, in the order in which they are offered; they live as long as the program.
const std::vector<const Artefact*>& allArtefacts();
/// Null for other words.
const Artefact* artefactOf(std::string_view name);

/// The whole file: a head that names the source and the verdicts, then each node under a comment that names
/// it. The same text for the same translation: no dates, no folders of this computer. Variables stay
/// `${name}` in it with their values in the head, as does `${folder}`, where relative paths start. `options`
/// with variables that were set (--set) puts those in.
/// An error when a node is refused: its message names the nodes; the reasons are in `translation`.
Result<std::string> writeArtefact(const Pipeline& pipeline, const Translation& translation,
                                  const Artefact& artefact, const TranslateOptions& options);

}  // namespace rw
