#include "widgets/sample/sample_header.h"

#include <QCoreApplication>
#include <QPainter>
#include <algorithm>

#include "core/base/figures.h"
#include "widgets/document/number_text.h"
#include "widgets/document/translated.h"
#include "widgets/sample/sample_model.h"
#include "widgets/theme/shown_text.h"
#include "widgets/theme/styled_table.h"
#include "widgets/theme/theme.h"

namespace rw::ui {

namespace {

constexpr int kHeadHeight = 112, kHistogram = 26, kPadding = 8, kLeast = 88, kWidest = 200;
constexpr int kLeastBar = 3;

QString inHead(const char* text) {
    return QCoreApplication::translate("SampleHeader", text);
}

QString distinctText(const ColumnProfile& profile) {
    const std::size_t values = profile.rows - profile.nulls;
    if (profile.distinct == 1) return inHead(QT_TRANSLATE_NOOP("SampleHeader", "1 value"));
    if (profile.distinct == values && values > 1)
        return inHead(QT_TRANSLATE_NOOP("SampleHeader", "all distinct"));
    return inHead(QT_TRANSLATE_NOOP("SampleHeader", "%1 distinct")).arg(countText(profile.distinct));
}

QString nullText(const ColumnProfile& profile) {
    if (profile.nulls == 0) return inHead(QT_TRANSLATE_NOOP("SampleHeader", "no NULL"));
    return inHead(QT_TRANSLATE_NOOP("SampleHeader", "%1 NULL")).arg(countText(profile.nulls));
}

QString rangeText(const ColumnProfile& profile) {
    const QString least = shownText(QString::fromStdString(profile.least));
    const QString most = shownText(QString::fromStdString(profile.most));
    return least == most ? least : least + QStringLiteral(" – ") + most;
}

QString unreadText(const ColumnProfile& profile) {
    return inHead(QT_TRANSLATE_NOOP("SampleHeader", "%1 not read")).arg(countText(profile.unread()));
}

/// Bars as high as their share of the fullest. Those in red, at the right, are the values that could not be
/// read.
void paintBins(QPainter& painter, const QRect& rect, const ColumnProfile& profile, const Tokens& t) {
    const std::uint64_t unread = profile.unread();
    const std::uint64_t fullest =
        std::max(unread, *std::max_element(profile.bins.begin(), profile.bins.end()));
    painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), t.line);
    if (fullest == 0) return;
    const auto bar = [&](int left, int right, std::uint64_t rows, const QColor& color) {
        if (rows == 0) return;
        const int height = std::max(
            1, static_cast<int>(static_cast<double>(rows) / static_cast<double>(fullest) * rect.height()));
        painter.fillRect(QRect(left, rect.bottom() + 1 - height, std::max(1, right - left - 1), height),
                         color);
    };
    const int bins = static_cast<int>(ColumnProfile::kBins);
    const int last = unread == 0 ? 0 : std::max(kLeastBar, rect.width() / (bins + 1));
    const int width = std::max(0, rect.width() - last);
    for (int bin = 0; bin < bins; ++bin)
        bar(rect.left() + width * bin / bins, rect.left() + width * (bin + 1) / bins,
            profile.bins[static_cast<std::size_t>(bin)], t.accent);
    bar(rect.left() + width, rect.left() + width + last, unread, t.error.line);
}

}  // namespace

QStringList profileLines(const SampleModel& model, int column) {
    const ColumnProfile* const profile = model.profile(column);
    if (profile == nullptr) return {};
    QStringList lines;
    if (profile->rows > 0) lines << distinctText(*profile) << nullText(*profile);
    if (profile->unread() > 0) return lines << unreadText(*profile);
    return profile->rows > 0 ? lines << rangeText(*profile) : lines;
}

QStringList profileTip(const ColumnProfile& profile) {
    QStringList lines;
    if (profile.unread() > 0 && profile.rows > 0) lines << rangeText(profile);
    if (profile.unreadBySource > 0) {
        lines << translated(figures::counted(
            profile.unreadBySource,
            RW_TEXT("sample", "1 row is missing here: the source could not read its value of this column."),
            RW_TEXT("sample",
                    "%1 rows are missing here: the source could not read their values of this column.")));
    }
    if (profile.unreadByNode > 0) {
        lines << translated(figures::counted(
            profile.unreadByNode,
            RW_TEXT("sample",
                    "1 row was rejected by the node, which could not read its value of this column."),
            RW_TEXT("sample",
                    "%1 rows were rejected by the node, which could not read their values of this column.")));
    }
    return lines;
}

SampleHeader::SampleHeader(const SampleModel& model, QWidget* parent)
    : QHeaderView(Qt::Horizontal, parent), m_model(model) {
    setHighlightSections(false);
    setMinimumSectionSize(40);
}

QSize SampleHeader::sizeHint() const {
    return {QHeaderView::sizeHint().width(), Theme::of(this).scaled(kHeadHeight)};
}

QSize SampleHeader::sectionSizeFromContents(int section) const {
    if (model() == nullptr) return {};  // asked once more while view and model are taken down
    const Theme& theme = Theme::of(this);
    const int height = theme.scaled(kHeadHeight);
    const QFontMetrics strong(theme.font(TextStyle::BodyStrong)), caption(theme.font(TextStyle::Caption)),
        code(theme.font(TextStyle::CodeSmall));
    const QString name = m_model.headerData(section, Qt::Horizontal, Qt::DisplayRole).toString();
    if (section == SampleModel::kNumber) {
        const int widest = code.horizontalAdvance(countText(static_cast<std::uint64_t>(m_model.rowCount())));
        return {std::max(widest, strong.horizontalAdvance(name)) + 2 * kPadding, height};
    }
    int width = strong.horizontalAdvance(name);
    width =
        std::max(width, caption.horizontalAdvance(
                            m_model.headerData(section, Qt::Horizontal, TypedHeader::kTypeRole).toString()));
    for (const QString& line : profileLines(m_model, section))
        width = std::max(width, caption.horizontalAdvance(line));
    return {std::clamp(width + 2 * kPadding, theme.scaled(kLeast), theme.scaled(kWidest)), height};
}

void SampleHeader::paintSection(QPainter* painter, const QRect& rect, int section) const {
    const Theme& theme = Theme::of(this);
    const Tokens& t = theme.tokens();
    painter->save();
    painter->fillRect(rect, t.panel2);
    painter->fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), t.line);
    painter->fillRect(QRect(rect.right(), rect.top(), 1, rect.height()), t.line);
    const QRect words = (rect & viewport()->rect()).adjusted(kPadding, 0, -kPadding, 0);
    int top = words.top() + metrics::kStep;
    const auto line = [&](TextStyle style, const QColor& color, const QString& text) {
        const int height = theme.lineHeight(style);
        painter->setFont(theme.font(style));
        painter->setPen(color);
        painter->drawText(QRect(words.left(), top, words.width(), height), Qt::AlignLeft | Qt::AlignVCenter,
                          painter->fontMetrics().elidedText(text, Qt::ElideRight, words.width()));
        top += height;
    };
    line(TextStyle::BodyStrong, section == SampleModel::kNumber ? t.dim : t.text,
         m_model.headerData(section, Qt::Horizontal, Qt::DisplayRole).toString());
    if (const ColumnProfile* const profile = m_model.profile(section)) {
        line(TextStyle::Caption, t.dim,
             m_model.headerData(section, Qt::Horizontal, TypedHeader::kTypeRole).toString());
        const int height = theme.scaled(kHistogram);
        paintBins(*painter, QRect(words.left(), top, words.width(), height - 2), *profile, t);
        top += height;
        const QStringList lines = profileLines(m_model, section);
        for (const QString& text : lines) {
            const bool red = profile->unread() > 0 && &text == &lines.back();
            line(TextStyle::Caption, red ? t.error.text : t.dim, text);
        }
    }
    painter->restore();
}

}  // namespace rw::ui
