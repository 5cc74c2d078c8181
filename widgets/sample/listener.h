// Listens to live sources for the samples: asks for consent as a run does, then hears them in the background
// and keeps what came.
#pragma once
#include <QObject>
#include <QPointer>
#include <QStringList>
#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "core/listen/held_by_run.h"
#include "core/listen/listen.h"
#include "widgets/background/latest.h"
#include "widgets/sample/heard_here.h"
#include "widgets/session/run_start.h"

class QDialog;
class QWidget;

namespace rw::ui {

class PipelineDocument;
class RunConsent;
class RunSession;

class Listener : public QObject {
    Q_OBJECT
 public:
    static constexpr Millis kWithin = 5'000;

    /// All must outlive it. `consent` null: nobody is asked, in tests.
    Listener(PipelineDocument& document, const RunSession& session, const RunConsent* consent,
             QObject* parent = nullptr);

    /// To live sources of the expanded pipeline (LookedSource::listens), but for those that whyNotNow() keeps
    /// for a run. What was under way ends.
    void listen(std::vector<NodeId> sources, QWidget* over);
    void cancel();
    /// From the question on until the answer.
    bool isBusy() const { return !m_sources.empty(); }
    /// Forgets what was heard of the sources of this pipeline and is kept under `keys` (heardKey()), on disk
    /// and in memory, and the newest input that its last run has kept.
    void forget(const std::set<std::string>& keys);
    /// Only what is not on disk.
    void forgetMemory();
    bool keepsInMemory() const { return !m_inMemory->empty(); }
    /// What is known now.
    HeardHere here() const;
    /// The run keeps what comes into it, for samples too; one on a cluster does not.
    bool runKeepsRows() const;
    /// Of a source of the expanded pipeline: why it is not listened to while a run goes on, which would lack
    /// the rows; nothing: it may be.
    std::optional<NoLook> whyNotNow(const NodeId& source) const;
    /// What came of the last listening, where it is not all well; empty: it is, or there was none.
    const QString& trouble() const { return m_trouble; }

 Q_SIGNALS:
    void changed();  ///< isBusy(), trouble() or whyNotNow() is another
    void heard();    ///< here() has other rows

 private:
    struct Answer {
        Listened listened{};
        std::vector<Status> kept{};  ///< of each source
        bool declined = false;
    };
    void check(const ConsentRequest& agreed);
    void takeCheck(const CheckedStart& checked);
    bool mayStay(const HeardBy& by) const;
    void ask(const ConsentRequest& request);
    void askSecrets(const CheckedStart& checked);
    void hold(QDialog& dialog, const ConsentRequest& agreed, const QString& refused);
    void begin();
    void take(Answer answer);
    void end(const QString& trouble);
    void followRun();

    PipelineDocument& m_document;
    const RunSession& m_session;
    const RunConsent* const m_consent;
    std::vector<NodeId> m_sources{};
    quint64 m_version = 0;  ///< of the document that was asked about
    QPointer<QWidget> m_over{};
    QPointer<QDialog> m_dialog{};
    QString m_trouble{};
    std::shared_ptr<const HeardInMemory> m_inMemory = std::make_shared<HeardInMemory>();
    Latest m_work{this};
    std::optional<Pipeline> m_heldOf{};         ///< the run that m_held is of, or is being found for
    std::shared_ptr<const HeldByRun> m_held{};  ///< null: it is not known
    Latest m_finding{this};
};

}  // namespace rw::ui
