// Asks core which rows of the results two versions differ by, in the background and a moment after the last
// change: the newest question counts.
#pragma once
#include <QObject>
#include <QString>
#include <QTimer>
#include <memory>

#include "core/pipeline/checks/trust.h"
#include "core/tape/rolling/rolling_tape.h"
#include "core/what_if/what_if.h"
#include "widgets/background/latest.h"
#include "widgets/document/consent/document_trust.h"

namespace rw::ui {

struct EffectQuestion {
    std::shared_ptr<const Pipeline> a{}, b{};
    ValidateOptions aOptions{}, bOptions{};  ///< their folders may differ
    TrustQuestion trust{};
    std::shared_ptr<const Catalogue> catalogue{};
    QString tape{};                             ///< that is replayed; empty: `kept` is
    std::shared_ptr<const RollingTape> kept{};  ///< a run's newest input; null: the sources are read again
};

struct EffectAnswer {
    EffectQuestion asked{};
    Status failed{};        ///< why there is none
    WhatIfAnswer answer{};  ///< two sides
    Text incomplete{};      ///< of a tape that was cut off
};
using EffectAnswerRef = std::shared_ptr<const EffectAnswer>;

class EffectAsker final : public QObject {
    Q_OBJECT
 public:
    static constexpr int kRestMillis = 300;  ///< after the last change

    explicit EffectAsker(QObject* parent = nullptr);

    /// Drops the question before at once.
    void askSoon(EffectQuestion question);
    void cancel();
    void forget();
    bool isWaiting() const { return m_rest.isActive() || m_look.isWaiting(); }
    const EffectAnswerRef& answer() const { return m_answer; }  ///< the newest one; null: there is none

 Q_SIGNALS:
    void changed();

 private:
    void begin();

    EffectQuestion m_asked{};
    EffectAnswerRef m_answer{};
    QTimer m_rest;
    Latest m_look{this};
};

}  // namespace rw::ui
