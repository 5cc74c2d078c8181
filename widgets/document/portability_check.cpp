#include "widgets/document/portability_check.h"

#include <map>
#include <utility>

#include "core/deploy/translation.h"
#include "widgets/background/background.h"
#include "widgets/document/pipeline_document.h"

namespace rw::ui {

namespace {

constexpr int kWaitMillis = 2'000;  ///< a translation takes some milliseconds

using Verdicts = std::map<NodeId, NodeVerdict>;

/// Those of which both say something, but not the same, and those of which only one does.
std::vector<NodeId> nodesWithOtherVerdicts(const Verdicts& before, const Verdicts& now) {
    std::vector<NodeId> others;
    for (const auto& [id, verdict] : now) {
        const auto found = before.find(id);
        if (found == before.end() || found->second.findings != verdict.findings) others.push_back(id);
    }
    for (const auto& [id, verdict] : before) {
        if (now.count(id) == 0) others.push_back(id);
    }
    return others;
}

}  // namespace

PortabilityCheck::PortabilityCheck(PipelineDocument& document) : QObject(&document), m_document(document) {
    connect(&document, &PipelineDocument::validatedChanged, this, &PortabilityCheck::ask);
    connect(&document, &PipelineDocument::changed, this, [this](const DocumentChange& change) {
        if (change.kind != DocumentChange::Kind::Reset) return;
        ++m_number;
        m_translation = nullptr;
        Q_EMIT portabilityChanged({});  // views of nodes rebuild them
    });
}

// Not for the document's sake: tables that a translation reads are gone when the program is, and a thread
// that is left behind would read them still.
PortabilityCheck::~PortabilityCheck() {
    (void)m_worker.wait(kWaitMillis);
}

void PortabilityCheck::setEngine(std::optional<Engine> engine) {
    if (engine == m_engine) return;
    m_engine = engine;
    ++m_number;
    take(nullptr);
    Q_EMIT engineChanged();
    ask();
}

const NodeVerdict* PortabilityCheck::verdictOf(const NodeId& node) const {
    if (!m_translation) return nullptr;
    const auto found = m_translation->nodes.find(node);
    return found != m_translation->nodes.end() ? &found->second : nullptr;
}

// Changes since the last check are asked about when they have been checked, too.
void PortabilityCheck::ask() {
    if (!m_engine || !m_document.isValidated()) return;
    if (m_busy) {
        m_again = true;
        return;
    }
    m_busy = true;
    ++m_translations;
    const TranslateOptions options{.validate = m_document.validateOptions()};
    m_worker.start([this, home = MainThreadReceiver(this), number = m_number, engine = *m_engine,
                    pipeline = m_document.pipeline(), catalogue = m_document.sharedCatalogue(),
                    validated = m_document.sharedValidated(), options] {
        auto made =
            std::make_shared<const Translation>(translate(pipeline, *catalogue, *validated, engine, options));
        home.send([this, number, made = std::move(made)] { finish(number, made); });
    });
}

void PortabilityCheck::finish(quint64 number, const TranslationRef& made) {
    m_busy = false;
    if (number == m_number) take(made);
    if (std::exchange(m_again, false)) ask();
}

void PortabilityCheck::take(TranslationRef next) {
    const TranslationRef before = std::exchange(m_translation, std::move(next));
    if (before == m_translation) return;
    Q_EMIT portabilityChanged(nodesWithOtherVerdicts(before ? before->nodes : Verdicts(),
                                                     m_translation ? m_translation->nodes : Verdicts()));
}

}  // namespace rw::ui
