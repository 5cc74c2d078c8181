#include "widgets/sample/sample_lines.h"

#include <QCoreApplication>
#include <algorithm>

#include "widgets/document/number_text.h"
#include "widgets/document/translated.h"

namespace rw::ui {

namespace {

int rowsOf(const std::vector<LookedPort>& ports, int port) {
    return port < 0 ? 0 : static_cast<int>(ports[static_cast<std::size_t>(port)].rows);
}

QString fate(const char* text) {
    return QCoreApplication::translate("SampleLines", text);
}

}  // namespace

std::vector<SampleLine> linesOf(const Sample& sample, int input, int output) {
    const int ins = rowsOf(sample.look.inputs, input), outs = rowsOf(sample.look.outputs, output);
    std::vector<SampleLine> lines;
    if (input < 0 || output < 0 || sample.matches.makes) {
        for (int row = 0; row < std::max(ins, outs); ++row)
            lines.push_back({row < ins ? row : -1, row < outs ? row : -1});
        return lines;
    }
    std::vector<std::vector<int>> became(static_cast<std::size_t>(ins));
    std::vector<int> others;
    const std::vector<WentOut>& went = sample.matches.outputs[static_cast<std::size_t>(output)];
    for (int row = 0; row < outs; ++row) {
        const WentOut& from = went[static_cast<std::size_t>(row)];
        (from.input == input ? became[from.row] : others).push_back(row);
    }
    for (int row = 0; row < ins; ++row) {
        const std::vector<int>& of = became[static_cast<std::size_t>(row)];
        lines.push_back({row, of.empty() ? -1 : of.front()});
        for (std::size_t more = 1; more < of.size(); ++more) lines.push_back({-1, of[more]});
    }
    for (const int row : others) lines.push_back({-1, row});
    return lines;
}

RowFate fateOf(const Sample& sample, int input, int row) {
    return sample.matches.inputs[static_cast<std::size_t>(input)][static_cast<std::size_t>(row)].fate;
}

QString fateText(const Sample& sample, int input, int row) {
    const CameIn& in = sample.matches.inputs[static_cast<std::size_t>(input)][static_cast<std::size_t>(row)];
    const KeptRow* const kept =
        in.setAside < 0 ? nullptr : &sample.look.setAside[static_cast<std::size_t>(in.setAside)];
    switch (in.fate) {
        case RowFate::Rejected:
            if (kept == nullptr) return fate(QT_TRANSLATE_NOOP("SampleLines", "Rejected"));
            return fate(QT_TRANSLATE_NOOP("SampleLines", "Rejected: %1")).arg(translated(kept->reason));
        case RowFate::Late:
            if (kept == nullptr) return fate(QT_TRANSLATE_NOOP("SampleLines", "Late"));
            return fate(QT_TRANSLATE_NOOP("SampleLines", "Late by %1")).arg(ageText(kept->lateBy));
        case RowFate::Dropped:
            return fate(QT_TRANSLATE_NOOP("SampleLines", "Dropped"));
        case RowFate::Open:
            return fate(QT_TRANSLATE_NOOP("SampleLines", "Waits in an open window"));
        case RowFate::Unknown:
            return fate(QT_TRANSLATE_NOOP("SampleLines", "Behind the rows that are shown"));
        case RowFate::Passed:
        case RowFate::Used:
            break;
    }
    return {};
}

}  // namespace rw::ui
