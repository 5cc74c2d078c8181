#include "widgets/shortcuts/fixed_keys.h"

#include <QCoreApplication>

namespace rw::ui {

namespace {

/// The four arrows, held down together with other keys.
std::vector<QKeySequence> arrows(Qt::KeyboardModifiers with = {}) {
    std::vector<QKeySequence> all;
    for (const Qt::Key key : {Qt::Key_Left, Qt::Key_Right, Qt::Key_Up, Qt::Key_Down})
        all.emplace_back(QKeyCombination(with, key));
    return all;
}

FixedKeys one(const QString& words, const QKeySequence& keys) {
    return {words, keysText(keys), {keys}};
}

FixedKeyGroup ofCanvas() {
    const auto say = [](const char* words) { return QCoreApplication::translate("shortcuts", words); };
    return {
        say(QT_TRANSLATE_NOOP("shortcuts", "On the canvas")),
        {{say(QT_TRANSLATE_NOOP("shortcuts", "Go to the next node along the wires")),
          QStringLiteral("← → ↑ ↓"), arrows()},
         one(say(QT_TRANSLATE_NOOP("shortcuts", "Select or deselect")), Qt::Key_Space),
         one(say(QT_TRANSLATE_NOOP("shortcuts", "Walk through the ports of a node")), Qt::Key_P),
         one(say(QT_TRANSLATE_NOOP("shortcuts", "Walk through the wires of a node")), Qt::Key_W),
         one(say(QT_TRANSLATE_NOOP("shortcuts", "Walk through the comments")), Qt::Key_N),
         {say(QT_TRANSLATE_NOOP("shortcuts", "Move the selection by 16 pixels")),
          QStringLiteral("Alt+← → ↑ ↓"), arrows(Qt::AltModifier)},
         {say(QT_TRANSLATE_NOOP("shortcuts", "Move the selection by 2 pixels")),
          QStringLiteral("Alt+Shift+← → ↑ ↓"), arrows(Qt::AltModifier | Qt::ShiftModifier)},
         {say(QT_TRANSLATE_NOOP("shortcuts", "Size the selected comments")), QStringLiteral("Shift+← → ↑ ↓"),
          arrows(Qt::ShiftModifier)},
         {say(QT_TRANSLATE_NOOP("shortcuts", "Look at another part")), QStringLiteral("Ctrl+← → ↑ ↓"),
          arrows(Qt::ControlModifier)},
         {say(QT_TRANSLATE_NOOP("shortcuts", "Show the whole pipeline again, after the way of an answer")),
          QStringLiteral("Esc"),
          {}},
         {say(QT_TRANSLATE_NOOP("shortcuts", "Enlarge a chart, look into a subflow, move a wire's end")),
          keysText(Qt::Key_Return),
          {Qt::Key_Return, Qt::Key_Enter}}}};
}

FixedKeyGroup ofOthers() {
    const auto say = [](const char* words) { return QCoreApplication::translate("shortcuts", words); };
    return {
        say(QT_TRANSLATE_NOOP("shortcuts", "In charts and fields")),
        {one(say(QT_TRANSLATE_NOOP("shortcuts", "Freeze the chart, or let it go on")), Qt::Key_F),
         {say(QT_TRANSLATE_NOOP("shortcuts", "Go along the values, or the bars of a column's profile")),
          QStringLiteral("← →"),
          {}},
         {say(QT_TRANSLATE_NOOP("shortcuts", "Go along the values, ten at a time")),
          QStringLiteral("Shift+← →"),
          {}},
         {say(QT_TRANSLATE_NOOP("shortcuts", "Go from line to line, in a line chart")),
          QStringLiteral("↑ ↓"),
          {}},
         {say(QT_TRANSLATE_NOOP("shortcuts", "Zoom in or out, in line and scatter charts")),
          QStringLiteral("+ −"),
          {Qt::Key_Plus, Qt::Key_Minus}},
         one(say(QT_TRANSLATE_NOOP("shortcuts",
                                   "Show all again, or the newest rows, in line and scatter charts")),
             Qt::Key_0),
         one(say(QT_TRANSLATE_NOOP("shortcuts",
                                   "Mark one end of a stretch of time, then the other, on the dashboard")),
             Qt::Key_B),
         {say(QT_TRANSLATE_NOOP("shortcuts", "Go to the window before or the next one, in Timeline")),
          QStringLiteral(", ."),
          {Qt::Key_Comma, Qt::Key_Period}},
         {say(QT_TRANSLATE_NOOP("shortcuts", "Try a longer or shorter watermark delay, in Timeline")),
          QStringLiteral("[ ]"),
          {Qt::Key_BracketLeft, Qt::Key_BracketRight}},
         one(say(QT_TRANSLATE_NOOP("shortcuts", "Show the chart's data as a table")), Qt::ALT | Qt::Key_T),
         one(say(QT_TRANSLATE_NOOP("shortcuts", "Export the visible range")),
             Qt::CTRL | Qt::SHIFT | Qt::Key_E),
         one(say(QT_TRANSLATE_NOOP("shortcuts", "Complete the word of an expression")),
             Qt::CTRL | Qt::Key_Space)}};
}

}  // namespace

std::vector<FixedKeyGroup> fixedKeys() {
    return {ofCanvas(), ofOthers()};
}

QString keysText(const QKeySequence& keys) {
    return keys.toString(QKeySequence::NativeText).replace(QLatin1String("Return"), QLatin1String("Enter"));
}

}  // namespace rw::ui
