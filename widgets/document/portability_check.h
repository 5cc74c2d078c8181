// The verdicts of another engine on the document, node by node: found again after each check of it, on a
// thread of its own. While the embedded engine is chosen nothing is computed. GUI thread only.
#pragma once
#include <QObject>
#include <memory>
#include <optional>
#include <vector>

#include "core/deploy/verdict.h"
#include "core/pipeline/pipeline.h"
#include "widgets/background/worker.h"

namespace rw {
struct Translation;
}

namespace rw::ui {

class PipelineDocument;

class PortabilityCheck : public QObject {
    Q_OBJECT
 public:
    /// Belongs to the document.
    explicit PortabilityCheck(PipelineDocument& document);
    ~PortabilityCheck() override;

    /// The engine that it is asked of; none: the embedded one, of which there is nothing to say.
    std::optional<Engine> engine() const { return m_engine; }
    void setEngine(std::optional<Engine> engine);
    /// For that engine, of the document as it was checked last; null: not known yet, or not asked.
    const Translation* translation() const { return m_translation.get(); }
    /// Null: there is none, as of a node with errors. Valid until the next change.
    const NodeVerdict* verdictOf(const NodeId& node) const;
    /// How often it was computed; for tests.
    quint64 translations() const { return m_translations; }

 Q_SIGNALS:
    void engineChanged();
    /// translation() is another. `nodes`: of which something else is said than before.
    void portabilityChanged(const std::vector<rw::NodeId>& nodes);

 private:
    using TranslationRef = std::shared_ptr<const Translation>;
    void ask();
    void finish(quint64 number, const TranslationRef& made);
    void take(TranslationRef next);

    PipelineDocument& m_document;
    std::optional<Engine> m_engine{};
    TranslationRef m_translation{};
    Worker m_worker;
    quint64 m_number = 0;  ///< of the question; an answer to an older one is too late
    quint64 m_translations = 0;
    bool m_busy = false;
    bool m_again = false;  ///< asked while it was busy
};

}  // namespace rw::ui
