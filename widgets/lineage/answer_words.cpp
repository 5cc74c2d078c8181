#include "widgets/lineage/answer_steps.h"

#include <QCoreApplication>
#include <numeric>
#include <optional>
#include <vector>

#include "widgets/document/number_text.h"
#include "widgets/document/translated.h"
#include "widgets/theme/shown_text.h"

namespace rw::ui {

namespace {

QString inWords(const char* text) {
    return QCoreApplication::translate("AnswerSteps", text);
}

/// Older tapes have no offsets.
QString placeInTopic(const TopicPartition& partition, const std::optional<std::int64_t>& offset) {
    const QString topic = QString::fromStdString(partition.topic), number = QString::number(partition.number);
    if (!offset)
        return inWords(QT_TRANSLATE_NOOP("AnswerSteps", "%1, partition %2, offset unknown"))
            .arg(topic, number);
    return inWords(QT_TRANSLATE_NOOP("AnswerSteps", "%1, partition %2, offset %3"))
        .arg(topic, number, countText(static_cast<std::uint64_t>(*offset)));
}

}  // namespace

QString originText(const RowOrigin& origin, bool whole) {
    QStringList parts;
    if (!origin.file.empty()) {
        const QString path = QString::fromStdString(origin.file);
        parts << (whole ? path : path.section(u'/', -1)) + u':' + QString::number(origin.line);
    }
    if (origin.topic) {
        parts << placeInTopic(*origin.topic, origin.offset);
    } else if (!origin.partition.empty()) {
        parts << QString::fromStdString(origin.partition);
    }
    if (origin.number >= 0 && !origin.offset)
        parts << inWords(QT_TRANSLATE_NOOP("AnswerSteps", "row %1"))
                     .arg(countText(static_cast<std::uint64_t>(origin.number) + 1));
    if (origin.taped && (whole || parts.isEmpty()))
        parts << inWords(QT_TRANSLATE_NOOP("AnswerSteps", "read %1")).arg(eventTimeText(*origin.taped));
    return parts.join(QStringLiteral(", "));
}

QString askedWords(const WhyQuestion& asked) {
    if (asked.row.rows == 0 && asked.where.empty() && asked.position < 0)
        return inWords(QT_TRANSLATE_NOOP("AnswerSteps", "any row"));
    if (asked.row.rows == 0 && asked.where.empty())
        return inWords(QT_TRANSLATE_NOOP("AnswerSteps", "row %1"))
            .arg(countText(static_cast<std::uint64_t>(asked.position) + 1));
    if (asked.row.rows == 0) return shownText(QString::fromStdString(asked.where));
    std::vector<int> columns(asked.row.columns.size());
    std::iota(columns.begin(), columns.end(), 0);
    return shownText(translated(cellsText(asked.row, 0, columns)));
}

}  // namespace rw::ui
