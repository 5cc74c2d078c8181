#include "widgets/lineage/why_asker.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "core/base/time.h"
#include "core/connect/files/system_files.h"
#include "core/launch/replay.h"
#include "core/lineage/plan_for.h"
#include "widgets/document/consent/document_trust.h"
#include "widgets/document/pipeline_document.h"

namespace rw::ui {

namespace {

/// Kept rows have longer texts cut, with an ellipsis: the least length at which any of them does.
constexpr std::size_t kMaybeCut = (std::size_t{4} << 10) - 8;

struct WhyRequest {
    WhyQuestion asked{};
    ValidateOptions validating{};
    TrustQuestion trust{};
    std::shared_ptr<const Catalogue> catalogue{};
};

/// What a run has kept by itself. Where that is nothing of these sources they are read again, if they can be.
Status openKept(const WhyQuestion& asked, LineageQuestion& question, WhyAnswer& answer) {
    if (!asked.kept) return {};
    Result<TapeFileRef> tape = asked.kept->tape();
    Status usable = tape.status();
    if (usable.ok()) usable = checkSources(**tape, *question.plan);
    if (!usable.ok()) return asked.ofRun && !question.plan->bounded() ? usable : Status();
    answer.replayed = true;
    answer.since = (*tape)->since();
    answer.beginsLater = (*tape)->from() != nullptr;
    question.tape = std::move(*tape);
    return {};
}

/// Sets what the question is read from: a tape, or nothing, for the sources themselves.
Status openTapeOf(const WhyQuestion& asked, LineageQuestion& question, WhyAnswer& answer) {
    if (asked.tape.isEmpty()) return openKept(asked, question, answer);
    Result<TapeFileRef> tape = openReplayable(asked.tape.toStdString());
    Status usable = tape.status();
    if (usable.ok()) usable = checkSources(**tape, *question.plan);
    if (!usable.ok()) return asked.ofRun ? usable : Status();
    answer.incomplete = incompleteTape(**tape);
    answer.replayed = true;
    question.tape = std::move(*tape);
    return {};
}

Status lookAt(const WhyRequest& request, const PortRef& from, const Latest::Question& asked,
              WhyAnswer& answer) {
    const WhyQuestion& of = request.asked;
    RW_TRY_ASSIGN(const PlanToAsk planned,
                  planToAsk(of.pipeline, *request.catalogue, request.validating, request.trust(), from));
    LineageQuestion question;
    question.plan = planned.plan;
    question.catalogue = request.catalogue.get();
    question.node = planned.from.node;
    question.port = planned.from.port;
    question.where = of.where;
    question.row = of.row;
    question.position = of.position;
    question.after = of.after;
    question.displaced = of.displaced;
    question.isCancelled = [&asked] { return asked.isDropped(); };
    RW_TRY(openTapeOf(of, question, answer));
    if (of.filesRead && !question.tape)
        answer.changed = changedWords(changedFiles(*of.filesRead, *question.plan, *systemFiles()));
    if (of.pair) {
        RW_TRY_ASSIGN(answer.missing, whyNoPair(question));
    } else if (of.missing) {
        RW_TRY_ASSIGN(answer.missing, whyNoRow(question));
    } else {
        RW_TRY_ASSIGN(answer.why, whyRow(question));
    }
    return {};
}

/// Of a chart with several wires it is not known which of them the row came by.
Status look(const WhyRequest& request, const Latest::Question& asked, WhyAnswer& answer) {
    const Status first = lookAt(request, request.asked.from, asked, answer);
    if (first.ok() || first.error().code != ErrorCode::NotFound) return first;
    for (const PortRef& from : request.asked.orFrom) {
        const Status next = lookAt(request, from, asked, answer);
        if (!next.ok() && next.error().code == ErrorCode::NotFound) continue;
        answer.asked.from = from;
        return next;
    }
    return first;
}

/// No row was found that has to do with the one that was asked about.
bool foundNothing(const WhyAnswer& answer) {
    if (!answer.failed.ok()) return answer.failed.error().code == ErrorCode::NotFound;
    if (!answer.missing || answer.missing->there > 0) return false;
    const auto& steps = answer.missing->steps;
    const auto& ends = answer.missing->ends;
    return std::ranges::all_of(steps, [](const MissingStep& step) { return step.count == 0; }) &&
           std::ranges::all_of(ends,
                               [](const MissingEnd& end) { return end.fate == MissingEnd::Fate::NoSuchRow; });
}

/// In what the run kept before edits were applied to it, by the pipelines that ran then.
void lookEarlier(const WhyRequest& request, const Latest::Question& asked, WhyAnswer& answer) {
    for (const EarlierInput& earlier : request.asked.earlier) {
        WhyRequest before = request;
        before.asked.pipeline = earlier.pipeline;
        before.asked.kept = earlier.tape;
        WhyAnswer found;
        found.asked = before.asked;
        found.failed = look(before, asked, found);
        if (asked.isDropped() || (!found.failed.ok() && !foundNothing(found))) return;
        if (!found.replayed) return;
        if (!foundNothing(found)) {
            found.current = request.asked.pipeline;
            found.until = earlier.tape->kept().until;
            if (found.until == 0) found.until = answer.since;
            answer = std::move(found);
            return;
        }
        answer.since = found.since;
        answer.beginsLater = found.beginsLater;
        if (found.missing) answer.missing = std::move(found.missing);
    }
}

WhyAnswerRef answerOf(const WhyRequest& request, const Latest::Question& asked) {
    const std::shared_ptr<Clock> clock = systemClock();
    const std::int64_t began = clock->steadyMillis();
    auto answer = std::make_shared<WhyAnswer>();
    answer->asked = request.asked;
    answer->failed = look(request, asked, *answer);
    // Just after an edit was applied nothing is kept yet.
    const bool nothingKept = !answer->failed.ok() && !answer->replayed;
    if (request.asked.tape.isEmpty() && (nothingKept || foundNothing(*answer)))
        lookEarlier(request, asked, *answer);
    answer->seconds = static_cast<double>(clock->steadyMillis() - began) / 1'000;
    return answer;
}

}  // namespace

Batch withoutCutTexts(Batch row) {
    for (ColumnRef& column : row.columns) {
        if (!column || column->isNull(0)) continue;
        if (!column->type().is(TypeId::String) && !column->type().is(TypeId::Bytes)) continue;
        if (column->at<StringRef>(0).view().size() >= kMaybeCut) column = nullptr;
    }
    return row;
}

WhyAsker::WhyAsker(PipelineDocument& document, QObject* parent) : QObject(parent), m_document(document) {}

void WhyAsker::ask(WhyQuestion question) {
    WhyRequest request{std::move(question), m_document.validateOptions(),
                       DocumentTrust::questionOf(m_document), m_document.sharedCatalogue()};
    m_look.ask(
        [request = std::move(request)](const Latest::Question& asked) { return answerOf(request, asked); },
        [this](WhyAnswerRef answer) {
            m_answer = std::move(answer);
            // The answer is being taken: nothing is waited for any more.
            QMetaObject::invokeMethod(this, &WhyAsker::changed, Qt::QueuedConnection);
        });
    Q_EMIT changed();
}

void WhyAsker::cancel() {
    if (!isWaiting()) return;
    m_look.drop();
    Q_EMIT changed();
}

void WhyAsker::forget() {
    m_look.drop();
    m_answer = nullptr;
    Q_EMIT changed();
}

}  // namespace rw::ui
