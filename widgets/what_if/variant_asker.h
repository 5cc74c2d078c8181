// Asks core what another setting would give, in the background and a moment after the last change: the newest
// question counts.
#pragma once
#include <QObject>
#include <QStringList>
#include <QTimer>
#include <memory>
#include <optional>
#include <vector>

#include "core/base/status.h"
#include "core/pipeline/pipeline.h"
#include "core/tape/rolling/rolling_tape.h"
#include "core/what_if/what_if.h"
#include "widgets/background/latest.h"

namespace rw::ui {

class PipelineDocument;

struct VariantQuestion {
    Pipeline pipeline{};  ///< as in the document
    QString folder{};     ///< relative paths start there
    std::vector<WhatIfSetting> a{};
    std::vector<std::vector<WhatIfSetting>> variants{};  ///< B, and C and D where there are these
    QString tape{};                             ///< that is replayed; empty: `kept` is
    std::shared_ptr<const RollingTape> kept{};  ///< a run's newest input; null: the sources are read again
};
/// They have the same answer, as long as no file changes.
bool isSameQuestion(const VariantQuestion& one, const VariantQuestion& other);

struct VariantAnswer {
    VariantQuestion asked{};
    Status failed{};        ///< why there is none
    WhatIfAnswer answer{};  ///< A, then the variants
    /// Of each result, the keys of its rows: there may be very many rows to look through.
    std::vector<QStringList> keys{};
    Text incomplete{};  ///< of a tape that was cut off
};
using VariantAnswerRef = std::shared_ptr<const VariantAnswer>;

class VariantAsker final : public QObject {
    Q_OBJECT
 public:
    static constexpr int kRestMillis = 300;  ///< after the last change

    /// The document must outlive it.
    explicit VariantAsker(PipelineDocument& document, QObject* parent = nullptr);

    /// Drops the question before at once, and asks when changes rest.
    void askSoon(VariantQuestion question);
    void askNow(VariantQuestion question);
    void cancel();
    /// Another pipeline.
    void forget();
    bool isWaiting() const { return m_rest.isActive() || m_look.isWaiting(); }
    /// Asked last, answered or not; nothing: it was given up.
    const std::optional<VariantQuestion>& asked() const { return m_asked; }
    const VariantAnswerRef& answer() const { return m_answer; }  ///< the newest one; null: there is none
    /// The newest one that did not fail, which is shown until another comes.
    const VariantAnswerRef& good() const { return m_good; }

 Q_SIGNALS:
    void changed();

 private:
    void begin();

    PipelineDocument& m_document;
    std::optional<VariantQuestion> m_asked{};
    VariantAnswerRef m_answer{}, m_good{};
    QTimer m_rest;
    Latest m_look{this};
};

}  // namespace rw::ui
