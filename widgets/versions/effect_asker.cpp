#include "widgets/versions/effect_asker.h"

#include <algorithm>
#include <utility>

#include "core/connect/files/system_files.h"
#include "core/launch/replay.h"
#include "core/look/look_files.h"

namespace rw::ui {

namespace {

/// Of pipelines from elsewhere that nobody agreed to run only the files in their folder are read.
Result<FileReach> reachOf(const EffectQuestion& asked) {
    const Trust trust = asked.trust();
    FileReach reach = trust.reachFrom(asked.aOptions.folder);
    for (const auto& [pipeline, options] :
         {std::pair(asked.a, asked.aOptions), std::pair(asked.b, asked.bOptions)}) {
        std::vector<Issue> issues;
        (void)expand(*pipeline, *asked.catalogue, options, trust, reach, issues);
        const auto unread = std::find_if(issues.begin(), issues.end(), isNotLookedAt);
        if (unread != issues.end())
            return Status(ErrorCode::Denied, unread->message, unread->fix).at(unread->node, unread->param);
    }
    return reach;
}

Status look(const EffectQuestion& asked, const Latest::Question& waiting, EffectAnswer& out) {
    RW_TRY_ASSIGN(const FileReach reach, reachOf(asked));
    WhatIfRequest request{*asked.a, *asked.catalogue};
    request.validating = asked.aOptions;
    request.isCancelled = [&waiting] { return waiting.isDropped(); };
    request.files = lookFiles(systemFiles(), reach, request.isCancelled);
    WhatIfVariant variant;
    variant.label = "B";  // in messages
    variant.pipeline = *asked.b;
    request.variants.push_back(std::move(variant));
    if (!asked.tape.isEmpty()) {
        RW_TRY_ASSIGN(request.tape, openReplayable(asked.tape.toStdString()));
        out.incomplete = incompleteTape(*request.tape);
    } else if (asked.kept) {
        RW_TRY_ASSIGN(request.tape, asked.kept->tape());
    }
    RW_TRY_ASSIGN(out.answer, whatIf(request));
    return {};
}

EffectAnswerRef answerOf(const EffectQuestion& asked, const Latest::Question& waiting) {
    auto answer = std::make_shared<EffectAnswer>();
    answer->asked = asked;
    answer->failed = look(asked, waiting, *answer);
    return answer;
}

}  // namespace

EffectAsker::EffectAsker(QObject* parent) : QObject(parent) {
    m_rest.setSingleShot(true);
    m_rest.setInterval(kRestMillis);
    connect(&m_rest, &QTimer::timeout, this, &EffectAsker::begin);
}

void EffectAsker::askSoon(EffectQuestion question) {
    m_look.drop();
    m_asked = std::move(question);
    m_rest.start();
    Q_EMIT changed();
}

void EffectAsker::cancel() {
    if (!isWaiting()) return;
    m_rest.stop();
    m_look.drop();
    Q_EMIT changed();
}

void EffectAsker::forget() {
    m_rest.stop();
    m_look.drop();
    m_answer = nullptr;
    Q_EMIT changed();
}

void EffectAsker::begin() {
    m_look.ask([asked = m_asked](const Latest::Question& waiting) { return answerOf(asked, waiting); },
               [this](EffectAnswerRef answer) {
                   m_answer = std::move(answer);
                   // The answer is being taken: nothing is waited for any more.
                   QMetaObject::invokeMethod(this, &EffectAsker::changed, Qt::QueuedConnection);
               });
}

}  // namespace rw::ui
