#include "widgets/document/inner_issue.h"

#include <string_view>

namespace rw::ui {

namespace {

// The texts of placeOutside(): node and fault, or node, parameter and fault.
bool namesInner(const Text& message) {
    const std::string_view context = message.context, key = message.key;
    if (context != "subflow") return false;
    return (key == "“%1”: %2" && message.args.size() == 2) ||
           (key == "“%1”, parameter “%2”: %3" && message.args.size() == 3);
}

}  // namespace

NodeId innerNodeOf(const Issue& issue) {
    if (!namesInner(issue.message)) return {};
    const NodeId& named = issue.message.args.front().literal();
    return isInside(named) && outermost(named) == issue.node ? named : NodeId();
}

Text innerWordsOf(const Issue& issue) {
    const Text* words = namesInner(issue.message) ? issue.message.args.back().text() : nullptr;
    return words != nullptr ? *words : issue.message;
}

}  // namespace rw::ui
