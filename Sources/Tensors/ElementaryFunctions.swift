extension ReproducibleMath {
    /// The functions of 32-bit numbers that the kernels use, one number at a time.
    ///
    /// A number alone gives the same bits as the same number among others in a vector. The errors are
    /// those that `script/measure-exp-log` measures.
    public enum Single {
        /// eˣ, within 1.01 units in the last place.
        public static func exp(_ x: Float) -> Float { apply(.exp, x) }

        /// The natural logarithm, within 1 unit in the last place.
        public static func log(_ x: Float) -> Float { apply(.log, x) }

        /// The hyperbolic tangent, within 1½ units in the last place.
        public static func tanh(_ x: Float) -> Float { apply(.tanh, x) }

        /// 1/(1 + e⁻ˣ), within 2½ units in the last place.
        public static func sigmoid(_ x: Float) -> Float { apply(.sigmoid, x) }

        private static func apply(_ function: Kernels.Function, _ x: Float) -> Float {
            var value = x
            withUnsafeMutablePointer(to: &value) { Kernels.map(function, $0, into: $0, count: 1) }
            return value
        }
    }
}
