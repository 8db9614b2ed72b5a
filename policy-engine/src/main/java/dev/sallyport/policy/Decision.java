package dev.sallyport.policy;

import java.util.List;

/** An answer of the policy, which explains itself. */
public sealed interface Decision {
    /**
     * The rules that made the decision what it is.
     *
     * @return the rules, in the order of layers; empty for a gap
     */
    List<Rule> determining();

    /**
     * The rules that were looked at.
     *
     * @return the rules, in the order of layers; up to the first that denied
     */
    List<Rule> evaluated();

    /**
     * Facts that rules ask for and that were not known, by their names in conditions.
     *
     * @return such as {@code subject.age}
     */
    List<String> missingFacts();

    /**
     * The call may go on, if the obligations are carried out.
     *
     * @param obligations what must be done to outputs before they leave
     * @param determining the rules that permit it
     * @param evaluated the rules that were looked at
     * @param missingFacts what was not known
     */
    record Permit(Obligations obligations, List<Rule> determining, List<Rule> evaluated, List<String> missingFacts)
            implements Decision {
        /** Keeps its own copies. */
        public Permit {
            determining = List.copyOf(determining);
            evaluated = List.copyOf(evaluated);
            missingFacts = List.copyOf(missingFacts);
        }
    }

    /**
     * A rule forbids the call.
     *
     * @param code the stable code, upper case, such as {@code PURPOSE_MISSING}; rules may give their own as
     *     {@code reason}
     * @param sentence names the field and what is allowed; never holds a value that the caller sent
     * @param determining the rules that deny it
     * @param evaluated the rules that were looked at
     * @param missingFacts what was not known
     */
    record Deny(String code, String sentence, List<Rule> determining, List<Rule> evaluated, List<String> missingFacts)
            implements Decision {
        /** Keeps its own copies. */
        public Deny {
            determining = List.copyOf(determining);
            evaluated = List.copyOf(evaluated);
            missingFacts = List.copyOf(missingFacts);
        }
    }

    /**
     * A person must look first.
     *
     * @param code the stable code
     * @param sentence what is waited for
     * @param determining the rules that hold it
     * @param evaluated the rules that were looked at
     * @param missingFacts what was not known
     */
    record Hold(String code, String sentence, List<Rule> determining, List<Rule> evaluated, List<String> missingFacts)
            implements Decision {
        /** Keeps its own copies. */
        public Hold {
            determining = List.copyOf(determining);
            evaluated = List.copyOf(evaluated);
            missingFacts = List.copyOf(missingFacts);
        }
    }

    /**
     * No policy covers the call: denied, and counted as a hole in the policy and not as a refusal. Its code is always
     * {@code POLICY_GAP}.
     *
     * @param sentence what the policy does not say
     * @param determining always empty but for rules that leave a set at {@code any}
     * @param evaluated the rules that were looked at
     * @param missingFacts what was not known
     */
    record Gap(String sentence, List<Rule> determining, List<Rule> evaluated, List<String> missingFacts)
            implements Decision {
        /** The code of every gap. */
        public static final String CODE = "POLICY_GAP";

        /** Keeps its own copies. */
        public Gap {
            determining = List.copyOf(determining);
            evaluated = List.copyOf(evaluated);
            missingFacts = List.copyOf(missingFacts);
        }
    }
}
