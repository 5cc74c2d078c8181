#include "widgets/help/help_style.h"

#include <QTextBlock>
#include <QTextCursor>
#include <QTextDocument>
#include <QTextTable>
#include <algorithm>
#include <vector>

#include "widgets/theme/theme.h"

namespace rw::ui {

namespace {

constexpr int kMargin = 24, kCellPadding = 6, kLineHeightPercent = 135;

struct Range {
    int from, to;
    bool code, link, picture;
};

std::vector<Range> rangesOf(const QTextBlock& block) {
    std::vector<Range> ranges;
    for (auto part = block.begin(); !part.atEnd(); ++part) {
        const QTextFragment fragment = part.fragment();
        const QTextCharFormat format = fragment.charFormat();
        ranges.push_back({fragment.position(), fragment.position() + fragment.length(),
                          format.fontFixedPitch(), format.isAnchor(), format.isImageFormat()});
    }
    return ranges;
}

void merge(QTextDocument& document, int from, int to, const QTextCharFormat& format) {
    QTextCursor cursor(&document);
    cursor.setPosition(from);
    cursor.setPosition(to, QTextCursor::KeepAnchor);
    cursor.mergeCharFormat(format);
}

bool isCodeBlock(const QTextBlock& block) {
    return block.blockFormat().hasProperty(QTextFormat::BlockCodeFence) ||
           block.blockFormat().hasProperty(QTextFormat::BlockCodeLanguage);
}

QTextCharFormat codeFormat(const Theme& theme) {
    QTextCharFormat format;
    const QFont font = theme.font(TextStyle::Code);
    format.setFontFamilies(font.families());
    format.setProperty(QTextFormat::FontPixelSize, font.pixelSize());
    return format;
}

void styleHeading(QTextDocument& document, const QTextBlock& block, int level) {
    QTextCharFormat words;
    // Markdown sets this property, and it wins over a size in pixels: 2 is half as large again, 1 a fifth.
    words.setProperty(QTextFormat::FontSizeAdjustment, level == 1 ? 2 : level == 2 ? 1 : 0);
    words.setFontWeight(Theme::of().font(TextStyle::Strong).weight());
    merge(document, block.position(), block.position() + block.length() - 1, words);
    QTextBlockFormat room;
    room.setTopMargin(level == 1 ? 0 : 18);
    room.setBottomMargin(6);
    QTextCursor(block).mergeBlockFormat(room);
}

void styleBlock(QTextDocument& document, const QTextBlock& block, const Theme& theme) {
    const Tokens& tokens = theme.tokens();
    const int level = block.blockFormat().headingLevel();
    if (level > 0) return styleHeading(document, block, level);
    const std::vector<Range> ranges = rangesOf(block);
    QTextBlockFormat lines;
    if (std::any_of(ranges.begin(), ranges.end(), [](const Range& range) { return range.picture; })) {
        // Its line is as high as it is, and no higher.
        lines.setTopMargin(metrics::kGrid);
        lines.setBottomMargin(metrics::kGrid);
    } else if (isCodeBlock(block)) {
        lines.setBackground(tokens.panel2);
        lines.setLeftMargin(metrics::kGrid);
        lines.setTopMargin(0);
        lines.setBottomMargin(0);
    } else {
        lines.setLineHeight(kLineHeightPercent, QTextBlockFormat::ProportionalHeight);
    }
    QTextCursor(block).mergeBlockFormat(lines);
    for (const Range& range : ranges) {
        QTextCharFormat format;
        if (range.code || isCodeBlock(block)) format = codeFormat(theme);
        if (range.code && !isCodeBlock(block)) format.setBackground(tokens.panel2);
        if (range.link) {
            format.setForeground(tokens.accent);
            format.setFontUnderline(false);
        }
        if (!format.isEmpty()) merge(document, range.from, range.to, format);
    }
}

void styleTable(QTextTable& table, const Tokens& tokens) {
    QTextTableFormat format = table.format();
    format.setBorder(1);
    format.setBorderBrush(tokens.line);
    format.setBorderStyle(QTextFrameFormat::BorderStyle_Solid);
    format.setBorderCollapse(true);
    format.setCellPadding(kCellPadding);
    format.setCellSpacing(0);
    format.setTopMargin(metrics::kGrid);
    format.setBottomMargin(metrics::kGrid);
    format.setWidth(QTextLength(QTextLength::PercentageLength, 100));
    table.setFormat(format);
    for (int column = 0; column < table.columns(); ++column) {
        QTextTableCell cell = table.cellAt(0, column);
        QTextCharFormat head = cell.format();
        head.setBackground(tokens.panel2);
        cell.setFormat(head);
    }
}

}  // namespace

void styleHelp(QTextDocument& document) {
    const Theme& theme = Theme::of();
    document.setDefaultFont(theme.font(TextStyle::Reading));
    document.setDocumentMargin(kMargin);
    for (QTextBlock block = document.begin(); block.isValid(); block = block.next())
        styleBlock(document, block, theme);
    for (QTextFrame* frame : document.rootFrame()->childFrames()) {
        if (auto* table = qobject_cast<QTextTable*>(frame)) styleTable(*table, theme.tokens());
    }
}

}  // namespace rw::ui
