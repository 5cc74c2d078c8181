// An answer as text, for the clipboard.
#include "widgets/document/editing/node_appearance.h"
#include "widgets/document/translated.h"
#include "widgets/lineage/answer_rows.h"
#include "widgets/lineage/answer_steps.h"

namespace rw::ui {

QString plainAnswer(const WhyAnswer& answer, const std::vector<AnswerStep>& steps) {
    QString all = titleOf(answer.asked.pipeline, answer.asked.from.node) + QStringLiteral(": ") +
                  askedWords(answer.asked) + u'\n';
    if (const QString verdict = verdictOf(answer); !verdict.isEmpty()) all += verdict + u'\n';
    if (!answer.changed.empty()) all += translated(answer.changed) + u'\n';
    for (const AnswerStep& step : steps) {
        all += u'\n' + step.title + u'\n';
        if (!step.words.isEmpty()) all += step.words + u'\n';
        if (step.rows.empty()) continue;
        AnswerRows rows;
        rows.set(step);
        all += rows.copied({});
        if (!step.together.isEmpty()) all += step.together + u'\n';
    }
    return all;
}

}  // namespace rw::ui
