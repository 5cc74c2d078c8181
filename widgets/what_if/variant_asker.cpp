#include "widgets/what_if/variant_asker.h"

#include <algorithm>
#include <utility>

#include "core/connect/files/system_files.h"
#include "core/launch/replay.h"
#include "core/look/look_files.h"
#include "core/pipeline/checks/trust.h"
#include "core/pipeline/diff.h"
#include "core/what_if/settings.h"
#include "widgets/document/consent/document_trust.h"
#include "widgets/document/pipeline_document.h"
#include "widgets/what_if/ab_slider.h"
#include "widgets/what_if/result_series.h"

namespace rw::ui {

namespace {

struct Asking {
    VariantQuestion question{};
    ValidateOptions validating{};
    TrustQuestion trust{};
    std::shared_ptr<const Catalogue> catalogue{};
};

/// Of a pipeline from elsewhere that nobody agreed to run only the files in its folder are read.
Result<FileReach> reachOf(const Asking& asking) {
    const Trust trust = asking.trust();
    std::vector<Issue> issues;
    FileReach reach = trust.reachFrom(asking.validating.folder);
    (void)expand(asking.question.pipeline, *asking.catalogue, asking.validating, trust, reach, issues);
    const auto unread = std::find_if(issues.begin(), issues.end(), isNotLookedAt);
    if (unread == issues.end()) return reach;
    return Status(ErrorCode::Denied, unread->message, unread->fix).at(unread->node, unread->param);
}

WhatIfVariant variantOf(const VariantQuestion& question, const std::vector<WhatIfSetting>& settings,
                        CompareSide side) {
    WhatIfVariant variant;
    variant.label = letterOf(side).toStdString();  // in messages
    variant.pipeline = question.pipeline;
    variant.settings = settings;
    // Variables are those of the run, A's: what a variant leaves as it is is set to that.
    for (const WhatIfSetting& setting : question.a) {
        const auto sameName = [&](const auto& one) { return one.name == setting.name; };
        const auto& variables = question.pipeline.variables;
        const auto variable = std::find_if(variables.begin(), variables.end(), sameName);
        if (variable != variables.end() && std::none_of(settings.begin(), settings.end(), sameName))
            variant.settings.push_back({variable->name, variable->value});
    }
    return variant;
}

Status look(const Asking& asking, const Latest::Question& asked, VariantAnswer& out) {
    RW_TRY_ASSIGN(const FileReach reach, reachOf(asking));
    const VariantQuestion& question = asking.question;
    // A has values of its own where a person tries two: it takes the place of the pipeline.
    RW_TRY_ASSIGN(const Varied a, vary(question.pipeline, *asking.catalogue, asking.validating, question.a));
    WhatIfRequest request{a.pipeline, *asking.catalogue};
    request.validating = asking.validating;
    request.validating.variables = a.variables;
    request.limits.same = true;
    request.isCancelled = [&asked] { return asked.isDropped(); };
    request.files = lookFiles(systemFiles(), reach, request.isCancelled);
    for (const std::vector<WhatIfSetting>& settings : question.variants) {
        const CompareSide side = sideAt(request.variants.size() + 1);
        request.variants.push_back(variantOf(question, settings, side));
    }
    if (!question.tape.isEmpty()) {
        RW_TRY_ASSIGN(request.tape, openReplayable(question.tape.toStdString()));
        out.incomplete = incompleteTape(*request.tape);
    } else if (question.kept) {
        RW_TRY_ASSIGN(request.tape, question.kept->tape());
    }
    RW_TRY_ASSIGN(out.answer, whatIf(request));
    for (const WhatIfPort& port : out.answer.ports) {
        QStringList& keys = out.keys.emplace_back();
        for (const WhatIfDifference& difference : port.differences)
            keys += keysOf(difference, shapeOf(difference));
        keys.removeDuplicates();
        keys.sort();
    }
    return {};
}

VariantAnswerRef answerOf(const Asking& asking, const Latest::Question& asked) {
    auto answer = std::make_shared<VariantAnswer>();
    answer->asked = asking.question;
    answer->failed = look(asking, asked, *answer);
    return answer;
}

}  // namespace

bool isSameQuestion(const VariantQuestion& one, const VariantQuestion& other) {
    return one.a == other.a && one.variants == other.variants && one.tape == other.tape &&
           one.kept == other.kept && one.folder == other.folder && runAlike(one.pipeline, other.pipeline);
}

VariantAsker::VariantAsker(PipelineDocument& document, QObject* parent)
    : QObject(parent), m_document(document) {
    m_rest.setSingleShot(true);
    m_rest.setInterval(kRestMillis);
    connect(&m_rest, &QTimer::timeout, this, &VariantAsker::begin);
}

void VariantAsker::askSoon(VariantQuestion question) {
    m_look.drop();
    m_asked = std::move(question);
    m_rest.start();
    Q_EMIT changed();
}

void VariantAsker::askNow(VariantQuestion question) {
    m_look.drop();
    m_rest.stop();
    m_asked = std::move(question);
    begin();
    Q_EMIT changed();
}

void VariantAsker::cancel() {
    if (!isWaiting()) return;
    m_rest.stop();
    m_look.drop();
    m_asked.reset();
    Q_EMIT changed();
}

void VariantAsker::forget() {
    m_rest.stop();
    m_look.drop();
    m_asked.reset();
    m_answer = m_good = nullptr;
    Q_EMIT changed();
}

void VariantAsker::begin() {
    Asking asking{*m_asked, m_document.validateOptions(), DocumentTrust::questionOf(m_document),
                  m_document.sharedCatalogue()};
    m_look.ask(
        [asking = std::move(asking)](const Latest::Question& asked) { return answerOf(asking, asked); },
        [this](VariantAnswerRef answer) {
            m_answer = std::move(answer);
            if (m_answer->failed.ok()) m_good = m_answer;
            // The answer is being taken: nothing is waited for any more.
            QMetaObject::invokeMethod(this, &VariantAsker::changed, Qt::QueuedConnection);
        });
}

}  // namespace rw::ui
