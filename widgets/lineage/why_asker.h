// Asks core why a row is there, or why one is not, in the background: the newest question counts.
#pragma once
#include <QObject>
#include <QString>
#include <memory>
#include <optional>

#include "core/launch/files_read.h"
#include "core/lineage/lineage.h"
#include "core/pipeline/pipeline.h"
#include "core/tape/rolling/rolling_tape.h"
#include "widgets/background/latest.h"
#include "widgets/session/kept_inputs.h"

namespace rw::ui {

class PipelineDocument;

struct WhyQuestion {
    bool missing = false;  ///< why there is none
    bool pair = false;     ///< why a join has none; no row is named
    PortRef from{};        ///< an output port of `pipeline`
    std::string where{};   ///< what is true of the row
    Batch row{};           ///< in place of that: its values
    std::int64_t position = -1;     ///< besides `where`: as LineageQuestion::position
    std::vector<PortRef> orFrom{};  ///< where `from` has no such row, one of these
    std::size_t after = 0;          ///< as LineageQuestion::after
    bool displaced = false;         ///< as LineageQuestion::displaced
    NodeId sink{};                  ///< the chart that draws the row; empty: none was asked
    QString told{};                 ///< what is known of it before any look, in the language it was asked in
    // What the form said when it was asked
    PortRef formFrom{};
    std::string formWhere{};
    Pipeline pipeline{};   ///< the one that gave the row
    QString tape{};        ///< that is replayed; empty: `kept` is
    std::shared_ptr<const RollingTape> kept{};  ///< the run's newest input; null: the sources are read again
    /// What the run kept before edits were applied to it: it is looked at where `kept` has no such rows.
    std::vector<EarlierInput> earlier{};
    std::shared_ptr<const FilesRead> filesRead{};  ///< by the run, as they were then; null: not known
    bool wentOn = false;   ///< edits were applied to the run: `kept` begins there
    bool ofRun = false;    ///< a run gave the row: a tape of other sources is a mistake then
};

/// Immutable, for any thread.
struct WhyAnswer {
    WhyQuestion asked{};
    Status failed{};
    std::optional<Lineage> why{};
    std::optional<MissingAnswer> missing{};
    bool replayed = false;  ///< from the tape
    Text incomplete{};      ///< how much the tape lacks; empty: nothing
    Text changed{};         ///< which files have changed since the run, which were read again; empty: none
    Instant since = 0;      ///< from when on input was kept that was replayed; 0: it was not that
    bool beginsLater = false;  ///< its run had begun before
    /// Wall time up to which an earlier input goes that the answer is from; 0: it is from the newest. Then
    /// asked.pipeline is the one that ran then, and `current` the one that was asked about.
    Instant until = 0;
    Pipeline current{};
    const Pipeline& pipelineAsked() const { return until != 0 ? current : asked.pipeline; }
    double seconds = 0;
};
using WhyAnswerRef = std::shared_ptr<const WhyAnswer>;

class WhyAsker : public QObject {
    Q_OBJECT
 public:
    explicit WhyAsker(PipelineDocument& document, QObject* parent = nullptr);

    /// Drops the question before.
    void ask(WhyQuestion question);
    /// Of the question that is under way no answer is wanted; the answer before stays.
    void cancel();
    /// There is no answer, and none is waited for.
    void forget();
    bool isWaiting() const { return m_look.isWaiting(); }
    const WhyAnswerRef& answer() const { return m_answer; }  ///< null: there is none

 Q_SIGNALS:
    void changed();  ///< answer() or isWaiting() is another

 private:
    PipelineDocument& m_document;
    WhyAnswerRef m_answer{};
    Latest m_look{this};
};

/// The row without the values that may have been cut where it was kept: those are not known.
Batch withoutCutTexts(Batch row);

}  // namespace rw::ui
