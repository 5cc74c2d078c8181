// A bound alert node, as its operator needs it.
#pragma once
#include <memory>
#include <vector>

#include "core/pipeline/node_kind.h"
#include "core/sql/bound.h"
#include "core/stream/alerts/alert.h"
#include "core/stream/alerts/alert_machine.h"
#include "core/stream/alerts/alert_message.h"

namespace rw {

enum AlertPort : int { kAlertOut = 0, kAlertLate = 1 };

/// The columns of the output behind the keys.
enum AlertColumn : std::size_t {
    kStateColumn,
    kSinceColumn,
    kStartedColumn,
    kNoDataColumn,
    kValueColumn,
    kPeakColumn,
    kMessageColumn,
    kProvisionalColumn  ///< only where provisional values are judged
};

struct AlertPlan {
    StreamType input{};
    StreamType output{};
    StreamType late{};
    std::vector<int> keys{};
    std::vector<Type> keyTypes{};
    sql::BoundRef condition{};
    sql::BoundRef clear{};  ///< null: as soon as the condition does not hold
    sql::BoundRef value{};  ///< of type DOUBLE; null: none
    AlertMessage message{};
    AlertTimes times{};
    bool tellEnd = true;
    bool provisional = false;  ///< values of windows that are still open may raise it
    AlertRule rule{};  ///< its node is that of the file: in a subflow it has another name
    /// Rows that wait: those of the input, the verdict and the value.
    SchemaRef waiting{};
};
using AlertPlanRef = std::shared_ptr<const AlertPlan>;

}  // namespace rw
