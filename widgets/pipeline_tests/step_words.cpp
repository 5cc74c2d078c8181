#include "widgets/pipeline_tests/step_words.h"

#include <utility>

#include "core/base/figures.h"
#include "core/data/text.h"
#include "widgets/document/editing/node_appearance.h"
#include "widgets/document/number_text.h"
#include "widgets/document/translated.h"
#include "widgets/pipeline_tests/step_columns.h"
#include "widgets/theme/shown_text.h"

namespace rw::ui {

namespace {

using Verb = PipelineTestStep::Verb;

std::string howMany(const PipelineTestStep& step) {
    const std::size_t rows = step.count ? *step.count : step.rows ? step.rows->size() : 0;
    const QString text = rows == 0 ? translated(RW_TEXT("test steps", "no rows")) : testRowsText(rows);
    return text.toStdString();
}

QString expectationWords(Text words, const PipelineTestStep& step, const std::string& place) {
    QString text = translated(std::move(words).with(place, howMany(step)));
    if (step.ordered) text += translated(RW_TEXT("test steps", ", in this order"));
    if (step.within > 0)
        text += translated(RW_TEXT("test steps", ", within %1").with(figures::exact(step.within)));
    return text;
}

Text windowWords(PipelineTestStep::Window window) {
    switch (window) {
        case PipelineTestStep::Window::NotThere:
            break;
        case PipelineTestStep::Window::Open:
            return RW_TEXT("test steps", "Expected: the window of “%1” that ends at %2 is open");
        case PipelineTestStep::Window::Fired:
            return RW_TEXT("test steps", "Expected: the window of “%1” that ends at %2 has fired");
    }
    return RW_TEXT("test steps", "Expected: no row for the window of “%1” that ends at %2");
}

}  // namespace

QString testRowsText(std::size_t rows) {
    return translated(
        figures::counted(rows, RW_TEXT("test steps", "1 row"), RW_TEXT("test steps", "%1 rows")));
}

QString placeWords(const PipelineDocument& document, const std::string& at) {
    const auto [id, port] = partsOfPlace(at);
    const Node* const node = document.node(id);
    const QString title =
        node == nullptr ? shownText(QString::fromStdString(id), 60) : shownText(titleOf(*node), 60);
    return port.empty() ? title : title + QStringLiteral(" · ") + shownText(QString::fromStdString(port), 60);
}

QString watermarkWords(const std::optional<Instant>& watermark) {
    if (!watermark) return translated(RW_TEXT("test steps", "none yet"));
    if (*watermark == kMaxTimestamp) return translated(RW_TEXT("test steps", "the end of all input"));
    return eventTimeText(*watermark);
}

QString stepWords(const PipelineDocument& document, const PipelineTestStep& step) {
    const std::string place = placeWords(document, step.at).toStdString();
    const auto of = [&place](Text words) { return translated(std::move(words).with(place)); };
    switch (step.verb) {
        case Verb::Rows: {
            QString words = translated(RW_TEXT("test steps", "Into “%1”: %2").with(place, howMany(step)));
            if (!step.partition.empty()) {
                words += translated(RW_TEXT("test steps", ", partition %1").with(step.partition));
            }
            return words;
        }
        case Verb::Idle:
            return of(RW_TEXT("test steps", "“%1” is silent until it is idle"));
        case Verb::Fail:
            return of(RW_TEXT("test steps", "“%1” fails"));
        case Verb::Advance:
            return translated(
                RW_TEXT("test steps", "Time passes: %1").with(lastingText(step.millis).toStdString()));
        case Verb::End:
            return step.at.empty() ? translated(RW_TEXT("test steps", "All input ends"))
                                   : of(RW_TEXT("test steps", "“%1” ends"));
        case Verb::Expect:
            return expectationWords(RW_TEXT("test steps", "Expected of “%1”: %2"), step, place);
        case Verb::ExpectWatermark:
            return translated(RW_TEXT("test steps", "Expected watermark of “%1”: %2")
                                  .with(place, watermarkWords(step.watermark).toStdString()));
        case Verb::ExpectWindow:
            return translated(
                windowWords(step.window).with(place, eventTimeText(step.windowEnd).toStdString()));
        case Verb::ExpectLate:
            return expectationWords(RW_TEXT("test steps", "Expected late at “%1”: %2"), step, place);
        case Verb::ExpectRejected:
            return expectationWords(RW_TEXT("test steps", "Expected to be rejected by “%1”: %2"), step,
                                    place);
        case Verb::ExpectTable:
            return expectationWords(RW_TEXT("test steps", "Expected table of “%1”: %2"), step, place);
        case Verb::ExpectFailed:
            break;
    }
    return of(RW_TEXT("test steps", "Expected: the run has failed at “%1”"));
}

QString verbWords(Verb verb) {
    switch (verb) {
        case Verb::Rows:
            return translated(RW_TEXT("test steps", "Rows come in"));
        case Verb::Idle:
            return translated(RW_TEXT("test steps", "A source is silent until it is idle"));
        case Verb::Fail:
            return translated(RW_TEXT("test steps", "A source fails"));
        case Verb::Advance:
            return translated(RW_TEXT("test steps", "Time passes"));
        case Verb::End:
            return translated(RW_TEXT("test steps", "Input ends"));
        case Verb::Expect:
            return translated(RW_TEXT("test steps", "Expect rows"));
        case Verb::ExpectWatermark:
            return translated(RW_TEXT("test steps", "Expect a watermark"));
        case Verb::ExpectWindow:
            return translated(RW_TEXT("test steps", "Expect a window"));
        case Verb::ExpectLate:
            return translated(RW_TEXT("test steps", "Expect late rows"));
        case Verb::ExpectRejected:
            return translated(RW_TEXT("test steps", "Expect rejected rows"));
        case Verb::ExpectTable:
            return translated(RW_TEXT("test steps", "Expect a table"));
        case Verb::ExpectFailed:
            break;
    }
    return translated(RW_TEXT("test steps", "Expect the run to fail"));
}

QString verbIcon(Verb verb) {
    switch (verb) {
        case Verb::Rows:
            return QStringLiteral("rows");
        case Verb::Idle:
            return QStringLiteral("pause");
        case Verb::Fail:
            return QStringLiteral("unplugged");
        case Verb::Advance:
            return QStringLiteral("clock");
        case Verb::End:
            return QStringLiteral("stop");
        case Verb::ExpectTable:
            return QStringLiteral("table");
        case Verb::ExpectWatermark:
            return QStringLiteral("event_time");
        case Verb::ExpectWindow:
            return QStringLiteral("timeline");
        case Verb::ExpectLate:
            return QStringLiteral("hourglass");
        case Verb::Expect:
        case Verb::ExpectRejected:
        case Verb::ExpectFailed:
            break;
    }
    return QStringLiteral("eye");
}

}  // namespace rw::ui
